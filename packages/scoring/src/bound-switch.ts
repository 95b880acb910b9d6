import type { Store } from '@penstock/store/store';
import { maybeOne, one, type Tx } from '@penstock/store/tx';

import * as sql from './bound-statements.ts';
import { giveWay } from './give-way.ts';
import type { Piecewise } from './in-turn.ts';
import type { IntentModel } from './model/intent.ts';
import { shareScoring } from './model-statements.ts';
import { PRIORITY_TERMS } from './model/priority.ts';
import { mayBeLost } from './queue-statements.ts';
import { scoreDocuments } from './score-documents.ts';

const SLICE = 150;
const LOWEST_ID = '00000000-0000-0000-0000-000000000000';

type Version = {
  /** Of its scores; null where those in force stay and only the weights change. */
  key: string | null;
  intent: IntentModel;
  now: Date;
};

/**
 * Before a version counts: writes what items are worth by it beside the bounds that do, slice by slice; nobody waits, and nobody reads them. Where
 * weights alone change, bounds of signal scores rise as well, as far as they do.
 */
export async function fillBounds(
  store: Store,
  workspaceId: string,
  { key, intent, now }: Version,
): Promise<void> {
  const terms = termsOf(intent, now);
  if (key === null)
    await unhurried(
      store,
      workspaceId,
      inSlices((tx, after) => maybeOne(tx, sql.raiseSomeSignals, ...weightsOf(intent, now), after, SLICE)),
    );
  await unhurried(
    store,
    workspaceId,
    inSlices((tx, after) => maybeOne(tx, sql.fillSomeBounds, ...terms, after, SLICE, key)),
  );
}

/** With the version, under the lock that scorers share: what has changed since is made up for, and the bounds beside become those that count. */
export async function switchBounds(tx: Tx, { key, intent, now }: Version): Promise<void> {
  const terms = termsOf(intent, now);
  await tx.rows(sql.holdBounds);
  if (key === null) await tx.rows(sql.completeSignals, ...weightsOf(intent, now));
  await tx.rows(sql.completeBounds, ...terms);
  await tx.rows(sql.switchBounds);
}

/** Behind a switch: forgets the bounds that count no longer, a slice at each call, which says whether there is more. Not while others are filled. */
export const boundForgetter = (): Piecewise =>
  tidying(inSlices((tx, after) => maybeOne(tx, sql.forgetSomeBounds, after, SLICE)));

/** The same; nobody waits for it. */
export const forgetBounds = (store: Store, workspaceId: string): Promise<void> =>
  unhurried(store, workspaceId, boundForgetter());

/** Behind other weights: lowers bounds of signal scores to what they are by those that count now. Not while others are filled. */
export const signalLowerer = (now: Date): Piecewise =>
  tidying(
    inSlices(async (tx, after) =>
      maybeOne(tx, sql.lowerSomeSignals, ...weightsOf((await scoreDocuments(tx)).intent, now), after, SLICE),
    ),
  );

function tidying(work: Piecewise): Piecewise {
  return async (tx) => ((await one(tx, sql.mayForget)).won ? work(tx) : undefined);
}

/** Does the next slice at each call. No version is switched in the middle of one, and what a crash takes away is made up for by the next switch. */
function inSlices(work: (tx: Tx, after: string) => Promise<{ lastId: string } | null>): Piecewise {
  let after = LOWEST_ID;
  return async (tx) => {
    await Promise.all([tx.rows(mayBeLost), tx.rows(shareScoring)]);
    const last = await work(tx, after);
    if (!last) return;
    after = last.lastId;
    return 'more';
  };
}

async function unhurried(store: Store, workspaceId: string, step: Piecewise): Promise<void> {
  for (let more: 'more' | void = 'more'; more === 'more';) {
    const start = performance.now();
    more = await store.inWorkspace(workspaceId, step);
    if (more) await giveWay(performance.now() - start);
  }
}

function termsOf(intent: IntentModel, now: Date) {
  const { priority } = intent;
  const currencies = Object.keys(priority.halfValueMinor);
  return [
    PRIORITY_TERMS.map((term) => priority[term]),
    priority.freshnessHalfLifeDays,
    currencies,
    currencies.map((currency) => priority.halfValueMinor[currency] ?? 0),
    ...weightsOf(intent, now),
  ] as const;
}

function weightsOf({ kinds }: IntentModel, now: Date) {
  const facts = Object.values(kinds);
  return [
    Object.keys(kinds),
    facts.map(({ cap }) => cap),
    facts.map(({ saturation }) => saturation),
    now,
  ] as const;
}
