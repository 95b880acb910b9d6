import { newId } from '@penstock/kernel/ids';
import { isOpportunity, SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';
import type { RecordedSignal } from '@penstock/signals/record-signals';
import type { ScoringPort } from '@penstock/signals/scoring-port';
import { emitEvents } from '@penstock/store/outbox';
import type { Tx } from '@penstock/store/tx';

import { fitFacts, profilesFor } from './fit-facts.ts';
import { fitParts, fitScore, fitUntil, type FitPart } from './model/fit.ts';
import type { FitProfile } from './model/fit-facts.ts';
import { shareScoring } from './model-statements.ts';
import { addEvent, fading, halfLives, signalScore, type IntentModel, type Mass } from './model/intent.ts';
import { priorityOf } from './model/priority.ts';
import { wakeOnSignal } from './queue-statements.ts';
import { scoreDocuments, type ScoreDocuments } from './score-documents.ts';
import * as sql from './score-statements.ts';

export type Score = {
  account: sql.ScoredAccount;
  masses: Mass[];
  fit: number;
  parts: FitPart[];
  /** When the fit is judged again without news; null: not before there is some. */
  fitUntil: Date | null;
  signal: number;
  priority: number;
};

// Safe: the record has every kind as a key.
const OPPORTUNITIES = (Object.keys(SIGNAL_KINDS) as (keyof typeof SIGNAL_KINDS)[]).filter(
  (kind) => kind !== 'inbound_request' && isOpportunity(kind),
);

/** What signals cause in the same transaction: masses, scores and the queue. */
export const scoringPort: ScoringPort = {
  lock: lockAccounts,
  async onRecorded(tx, recorded, now) {
    const scores = await rescoreAccounts(
      tx,
      [...new Set(recorded.map((signal) => signal.accountId))],
      now,
      (account, intent) =>
        withEvents(
          massesOf(account),
          recorded.filter((signal) => counts(signal, account)).map((signal) => fading(intent, signal)),
        ),
    );
    await enterQueue(tx, scores, recorded, now);
  },
  onCorrected: (tx, accountId, now) => rebuild(tx, accountId, now),
  async onWithdrawn(tx, accountIds, now) {
    for (const accountId of accountIds) await rebuild(tx, accountId, now);
    const left = await tx.rows(sql.leaveQueue, accountIds, now, OPPORTUNITIES);
    await emitEvents(
      tx,
      now,
      left.map((item) => ({
        kind: 'queue.item.changed' as const,
        payload: { itemId: item.id, accountId: item.accountId },
      })),
    );
  },
};

async function rebuild(tx: Tx, accountId: string, now: Date): Promise<void> {
  await rescoreAccounts(tx, [accountId], now, (_, intent) => {
    const own = halfLives(intent);
    return tx.rows(sql.rebuildMasses, accountId, Object.keys(own), Object.values(own), null);
  });
}

/** A test says something about an account that is a test itself, and nothing about a real one. */
const counts = (signal: RecordedSignal, account: sql.ScoredAccount) =>
  signal.accountId === account.accountId && (account.isTest || !signal.isTest);

/** Scores accounts again after their facts (or the documents) have changed; their masses stay. */
export async function refreshScores(tx: Tx, accountIds: readonly string[], now: Date): Promise<void> {
  await rescoreAccounts(tx, accountIds, now, massesOf);
}

/** The same, and what they are now. */
export const scoresNow = (tx: Tx, accountIds: readonly string[], now: Date): Promise<Score[]> =>
  rescoreAccounts(tx, accountIds, now, massesOf);

export function massesOf(row: Pick<sql.ScoredAccount, 'kinds' | 'values' | 'halfLives' | 'at'>): Mass[] {
  return (row.kinds ?? []).flatMap((kind, index) => {
    const value = row.values?.[index];
    const halfLifeDays = row.halfLives?.[index];
    const at = row.at?.[index];
    return value === undefined || halfLifeDays === undefined || at === undefined
      ? []
      : [{ kind, value, halfLifeDays, at }];
  });
}

function withEvents(masses: Mass[], events: readonly RecordedSignal[]): Mass[] {
  let grown = masses;
  for (const event of events) grown = addEvent(grown, event);
  return grown;
}

/** Whoever changes queue items of accounts and their scores takes the accounts first, so that nobody waits in a circle. */
export async function lockAccounts(tx: Tx, accountIds: readonly string[]): Promise<void> {
  await tx.rows(shareScoring);
  await tx.rows(sql.lockForScoring, accountIds);
}

async function rescoreAccounts(
  tx: Tx,
  accountIds: readonly string[],
  now: Date,
  massesNow: (account: sql.ScoredAccount, intent: IntentModel) => Mass[] | Promise<Mass[]>,
): Promise<Score[]> {
  if (accountIds.length === 0) return [];
  await lockAccounts(tx, accountIds);
  // Read under the lock: a version that was published while this waited is what counts now.
  const documents = await scoreDocuments(tx);
  const profiles = await profilesFor(tx, documents.icp, accountIds, now);
  const scores: Score[] = [];
  for (const account of await tx.rows(sql.readForScoring, accountIds)) {
    const profile = profiles.get(account.accountId);
    const masses = await massesNow(account, documents.intent);
    scores.push(score({ account, profile, masses }, documents, now));
  }
  await tx.rows(sql.writeScores, JSON.stringify(scores.map(toRecord)), documents.icpVersionId, now);
  const moved = await tx.rows(
    sql.movePriorities,
    scores.map((made) => made.account.accountId),
    scores.map((made) => made.priority),
    now,
  );
  await emitEvents(tx, now, [
    ...scores.map((made) => ({
      kind: 'score.changed' as const,
      payload: { accountId: made.account.accountId },
    })),
    ...moved.map((item) => ({
      kind: 'queue.item.changed' as const,
      payload: { itemId: item.id, accountId: item.accountId },
    })),
  ]);
  return scores;
}

function score(
  {
    account,
    masses,
    profile,
  }: { account: sql.ScoredAccount; masses: Mass[]; profile: FitProfile | undefined },
  documents: ScoreDocuments,
  now: Date,
): Score {
  const facts = fitFacts(account, masses, profile);
  const parts = fitParts(documents.icp, facts, now);
  const fit = fitScore(parts);
  const signal = signalScore(documents.intent, masses, now);
  const priority = priorityOf(documents.intent, { masses, fit, standing: account }, now);
  return { account, masses, parts, fit, fitUntil: fitUntil(documents.icp, facts, now), signal, priority };
}

const toRecord = (made: Score) => ({
  account_id: made.account.accountId,
  kinds: made.masses.map((mass) => mass.kind),
  values: made.masses.map((mass) => mass.value),
  half_lives: made.masses.map((mass) => mass.halfLifeDays),
  at: made.masses.map((mass) => mass.at.toISOString()),
  fit: made.fit,
  fit_parts: made.parts,
  fit_until: made.fitUntil,
  signal: made.signal,
});

async function enterQueue(
  tx: Tx,
  scores: readonly Score[],
  recorded: readonly RecordedSignal[],
  now: Date,
): Promise<void> {
  // An inbound request enters with its lead, in the band of those who wait for a person.
  const outbound = recorded.filter(
    (signal) => signal.kind !== 'inbound_request' && isOpportunity(signal.kind),
  );
  const entering = scores.flatMap((made) => {
    const because = outbound.findLast((signal) => counts(signal, made.account));
    return because ? [{ ...made, reason: because.summary }] : [];
  });
  if (entering.length === 0) return;
  const accountIds = entering.map((made) => made.account.accountId);
  const woken = await tx.rows(wakeOnSignal, accountIds, now);
  const entered = await tx.rows(
    sql.enterQueue,
    entering.map(() => newId(now)),
    entering.map((made) => made.account.accountId),
    entering.map((made) => made.account.ownerId),
    entering.map((made) => made.reason),
    entering.map((made) => made.priority),
    entering.map((made) => made.account.isTest),
    now,
  );
  await emitEvents(
    tx,
    now,
    [...entered, ...woken].map((item) => ({
      kind: 'queue.item.entered' as const,
      payload: { itemId: item.id, accountId: item.accountId },
    })),
  );
}
