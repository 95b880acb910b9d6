import { violatedUnique } from '@penstock/kernel/database-fault';
import type { Store } from '@penstock/store/store';
import { maybeOne, one, type Tx } from '@penstock/store/tx';

import { giveWay } from './give-way.ts';
import * as sql from './mass-statements.ts';
import { halfLives, type IntentModel } from './model/intent.ts';
import { accountsChangedSince, onOneProcessor, whatIsVisible } from './version-statements.ts';

export type Version = { versionId: string; intent: IntentModel };

/** Accounts that are summed in one transaction: as many as take about so long, however many signals they have. */
const SLICE_MS = 30;
const FIRST_SLICE = 50;
const LARGEST_SLICE = 5_000;
const LOWEST_ID = '00000000-0000-0000-0000-000000000000';
/** With so few changes left, scorers wait for the last of them; after so many rounds they wait in any case. */
const FEW = 500;
/** Newest signals that tell which kinds are frequent. */
const SAMPLE = 2_000;
const MOST_ROUNDS = 8;

/**
 * Sums the masses of all accounts under other half-lives beside those in force, a slice in each transaction; then those whose scores were
 * written meanwhile, until they are few. Nobody waits for it.
 * @returns the snapshot that sees all that was summed
 */
export async function sumMasses(
  store: Store,
  workspaceId: string,
  version: Version,
  now: Date,
): Promise<string> {
  let snapshot = await visibleNow(store, workspaceId);
  const frequent = await store.inWorkspace(workspaceId, (tx) => tx.rows(sql.frequentKinds, SAMPLE));
  const terms = termsOf(
    version,
    now,
    frequent.map(({ kind }) => kind),
  );
  let slice = FIRST_SLICE;
  let after: string | null = LOWEST_ID;
  while (after !== null) {
    const from: string = after;
    const sumNext = (next: typeof sql.sumNextMasses) =>
      unhurried(store, workspaceId, (tx) => maybeOne(tx, next, ...terms, from, slice));
    const [last, tookMs] = await sumNext(sql.sumNextMasses).catch((fault: unknown) => {
      if (violatedUnique(fault) === null) throw fault;
      return sumNext(sql.sumNextMassesAgain);
    });
    after = last?.lastId ?? null;
    slice = nextSlice(slice, tookMs);
  }
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const since = snapshot;
    snapshot = await visibleNow(store, workspaceId);
    const [, changed] = await store.inWorkspace(workspaceId, (tx) =>
      Promise.all([tx.rows(onOneProcessor), tx.rows(accountsChangedSince, since)]),
    );
    const ids = changed.map(({ accountId }) => accountId);
    for (let at = 0; at < ids.length; at += FEW)
      await unhurried(store, workspaceId, (tx) => sumMassesOf(tx, version, ids.slice(at, at + FEW), now));
    if (ids.length <= FEW) break;
  }
  return snapshot;
}

/** At most twice as many: the next accounts may have far more signals. */
const nextSlice = (slice: number, tookMs: number): number =>
  Math.max(1, Math.min(LARGEST_SLICE, 2 * slice, Math.round((slice * SLICE_MS) / tookMs)));

/** Sums the masses of some accounts; fading is counted from `now`. */
export async function sumMassesOf(
  tx: Tx,
  version: Version,
  accountIds: readonly string[],
  now: Date,
): Promise<void> {
  for (let at = 0; at < accountIds.length; at += FEW)
    await tx.rows(sql.sumMassesOf, ...termsOf(version, now), accountIds.slice(at, at + FEW));
}

async function unhurried<Result>(
  store: Store,
  workspaceId: string,
  work: (tx: Tx) => Promise<Result>,
): Promise<[Result, number]> {
  const start = performance.now();
  const [, result] = await store.inWorkspace(workspaceId, (tx) =>
    Promise.all([tx.rows(sql.sumInOrder), work(tx)]),
  );
  const tookMs = performance.now() - start;
  await giveWay(tookMs);
  return [result, tookMs];
}

const visibleNow = (store: Store, workspaceId: string): Promise<string> =>
  store.inWorkspace(workspaceId, async (tx) => (await one(tx, whatIsVisible)).snapshot);

const DAY_S = 86_400;

/** @param frequent kinds that are looked for first */
function termsOf({ versionId, intent }: Version, now: Date, frequent: readonly string[] = []) {
  const place = (kind: string) => frequent.indexOf(kind) + 1 || frequent.length + 1;
  const own = Object.entries(halfLives(intent)).toSorted(([one], [other]) => place(one) - place(other));
  const kinds = own.map(([kind]) => kind);
  return [
    kinds.map((kind) => intent.kinds[kind]?.cap ?? 0),
    kinds.map((kind) => Math.LN2 / (intent.kinds[kind]?.saturation ?? 1)),
    now,
    versionId,
    kinds,
    own.map(([, days]) => days),
    own.map(([, days]) => Math.LN2 / DAY_S / days),
  ] as const;
}
