import type { Store } from '@penstock/store/store';
import { maybeOne, one, type Tx } from '@penstock/store/tx';

import * as sql from './bound-statements.ts';
import { giveWay } from './give-way.ts';
import { mayTidy } from './mass-statements.ts';
import type { IntentModel } from './model/intent.ts';
import { PRIORITY_TERMS } from './model/priority.ts';
import { mayBeLost } from './queue-statements.ts';
import { scoreDocuments } from './score-documents.ts';

/** So far down pages are read; what would rise above this place rises with the switch, for readers have to read past it. */
const READ_DOWN_TO = 1_000;
/** So many of the best stand where they belong with the switch: no page that begins at the top has to read past what only looks good. */
const EXACT_AT_ONCE = 1_000;
const SLICE = 500;
const LOWEST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Raises bounds of the queue to what items are worth by scores that don't count yet, of those items that stay where no reader of today's order
 * sees them. Slice by slice, and nobody waits; what goes higher, and whatever is missed, rises once, with the switch.
 * @param key of those scores
 * @param downTo the place down to which today's order is read
 */
export async function raiseQueue(
  store: Store,
  workspaceId: string,
  { key, intent, now }: { key: string; intent: IntentModel; now: Date },
  downTo = READ_DOWN_TO,
): Promise<void> {
  const place = await store.inWorkspace(workspaceId, (tx) => maybeOne(tx, sql.boundInPlace, downTo));
  if (!place) return;
  const terms = termsOf(intent, now);
  let after: string | null = LOWEST_ID;
  while (after !== null) {
    const from: string = after;
    const start = performance.now();
    after = await store.inWorkspace(workspaceId, (tx) =>
      moveSome(tx, terms, [key, from, SLICE, place.bound]),
    );
    await giveWay(performance.now() - start);
  }
}

/** With the switch, under the lock that scorers share: nothing that counts now is worth more than its bound, and what looks best has its own. */
export async function reboundQueue(tx: Tx, intent: IntentModel, now: Date): Promise<void> {
  await tx.rows(sql.holdBounds);
  await tx.rows(sql.reboundItems, ...termsOf(intent, now), EXACT_AT_ONCE);
}

/** Behind the switch: lowers what is too high by what counts now, a slice at each call, and says whether there is more. Not while a version is summed. */
export function lowerer(now: Date): (tx: Tx) => Promise<'more' | void> {
  let after = LOWEST_ID;
  return async (tx) => {
    const [tidy, lower] = await Promise.all([one(tx, mayTidy), one(tx, sql.mayLower)]);
    if (!tidy.won || !lower.won) return;
    const { intent } = await scoreDocuments(tx);
    const last = await moveSome(tx, termsOf(intent, now), [null, after, SLICE, Infinity]);
    if (last === null) return;
    after = last;
    return 'more';
  };
}

/** The same, all of them; nobody waits for it. */
export async function lowerQueue(store: Store, workspaceId: string, now: Date): Promise<void> {
  const lower = lowerer(now);
  for (let more: 'more' | void = 'more'; more === 'more';) {
    const start = performance.now();
    more = await store.inWorkspace(workspaceId, lower);
    if (more) await giveWay(performance.now() - start);
  }
}

async function moveSome(
  tx: Tx,
  terms: ReturnType<typeof termsOf>,
  slice: readonly [key: string | null, after: string, most: number, highest: number],
): Promise<string | null> {
  const [, last] = await Promise.all([
    tx.rows(mayBeLost),
    maybeOne(tx, sql.moveSomeBounds, ...terms, ...slice),
  ]);
  return last?.lastId ?? null;
}

function termsOf({ kinds, priority }: IntentModel, now: Date) {
  const currencies = Object.keys(priority.halfValueMinor);
  return [
    PRIORITY_TERMS.map((term) => priority[term]),
    priority.freshnessHalfLifeDays,
    currencies,
    currencies.map((currency) => priority.halfValueMinor[currency] ?? 0),
    Object.keys(kinds),
    now,
  ] as const;
}
