import { faultPoint } from '@penstock/kernel/fault-point';
import { newId } from '@penstock/kernel/ids';
import { emitEvents } from '@penstock/store/outbox';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import type { EventReport } from './model/event-report.ts';
import { SIGNAL_KINDS } from './model/signal-kind.ts';
import type { ScoringPort } from './scoring-port.ts';
import { settleExpiry } from './settle-expiry.ts';
import { insertSignalReports, regroup, type ReportingSignal } from './signal-reports.ts';
import type { SignalKind } from './source-port.ts';

export type NewSignal = {
  accountId: string;
  kind: SignalKind;
  eventKey: string;
  /** 0–1 */
  strength: number;
  summary: string;
  facts: Record<string, string | number | boolean | null>;
  source: string;
  isTest: boolean;
  occurredAt: Date;
  evidence: NewEvidence | null;
  /** How the event is recognised when other sources tell it too; absent for what only its source tells. */
  report?: EventReport | null;
};

export type NewEvidence = {
  url: string;
  quote: string;
  quoteStart: number;
  /** Text around the quote; empty where the document itself is read by people. */
  context?: string;
  contentHash: string;
  fetchedAt: Date;
};

export type RecordedSignal = NewSignal & { id: string; halfLifeDays: number };

const claimEventKeys = statement<{ eventKey: string }>(
  'claim_signal_event_keys',
  `insert into signal_event_key (workspace_id, event_key, signal_id, account_id)
   select $1::uuid, k.event_key, k.signal_id, k.account_id
   from unnest($2::text[], $3::uuid[], $4::uuid[]) as k (event_key, signal_id, account_id)
   on conflict do nothing returning event_key as "eventKey"`,
);
const insertSignals = statement(
  'insert_signals',
  `insert into signal (workspace_id, id, account_id, kind, strength, half_life_days, summary, facts, source, event_key, is_test, occurred_at, recorded_at)
   select $1::uuid, s.id, s.account_id, s.kind, s.strength, s.half_life_days, s.summary, s.facts::jsonb, s.source, s.event_key, s.is_test, s.occurred_at, $13::timestamptz
   from unnest($2::uuid[], $3::uuid[], $4::text[], $5::float8[], $6::float8[], $7::text[], $8::text[], $9::text[], $10::text[], $11::boolean[], $12::timestamptz[])
     as s (id, account_id, kind, strength, half_life_days, summary, facts, source, event_key, is_test, occurred_at)`,
);
const insertEvidence = statement(
  'insert_evidence',
  `insert into evidence (workspace_id, id, signal_id, url, quote, quote_start, content_hash, fetched_at, context)
   select $1::uuid, e.id, e.signal_id, e.url, e.quote, e.quote_start, e.content_hash, e.fetched_at, e.context
   from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::int[], $7::text[], $8::timestamptz[], $9::text[])
     as e (id, signal_id, url, quote, quote_start, content_hash, fetched_at, context)`,
);

/**
 * Records a batch of signals in the caller's transaction, each event once (by `eventKey`), lets scoring react through its port
 * and tells the outbox. A report of an event that other sources told already adds to the signal that is there. Dates in the future
 * are taken as now: nobody knows what has not happened.
 * @returns the reports that were new, each with the id of the signal that stands for its event
 */
export async function recordSignals(
  tx: Tx,
  batch: readonly NewSignal[],
  now: Date,
  scoring: ScoringPort,
): Promise<RecordedSignal[]> {
  const events = firstOfEachEvent(batch);
  const ids = idsByTime(events, now);
  const candidates = events.map((signal) => ({
    ...signal,
    id: ids.get(signal.eventKey) ?? newId(now),
    halfLifeDays: SIGNAL_KINDS[signal.kind].halfLifeDays,
    occurredAt: signal.occurredAt > now ? now : signal.occurredAt,
  }));
  if (candidates.length === 0) return [];
  const claimed = await tx.rows(
    claimEventKeys,
    candidates.map((signal) => signal.eventKey),
    candidates.map((signal) => signal.id),
    candidates.map((signal) => signal.accountId),
  );
  const fresh = new Set(claimed.map((row) => row.eventKey));
  const recorded = candidates.filter((signal) => fresh.has(signal.eventKey));
  if (recorded.length === 0) return [];
  await writeSignals(tx, recorded, now);
  const { changedAccounts, standsFor } = await joinReports(tx, recorded, scoring);
  const news = recorded.filter(({ id }) => (standsFor.get(id) ?? id) === id);
  await scoring.onRecorded(tx, news, now);
  const expired = await settleExpiry(tx, recorded);
  for (const accountId of [...new Set([...changedAccounts, ...expired])].toSorted())
    await scoring.onCorrected(tx, accountId, now);
  await emitEvents(
    tx,
    now,
    news.map((signal) => ({
      kind: 'signal.recorded' as const,
      payload: { signalId: signal.id, accountId: signal.accountId, kind: signal.kind },
    })),
  );
  faultPoint('signal.recorded');
  return recorded.map((signal) => ({ ...signal, id: standsFor.get(signal.id) ?? signal.id }));
}

async function joinReports(
  tx: Tx,
  recorded: readonly RecordedSignal[],
  scoring: ScoringPort,
): ReturnType<typeof regroup> {
  const reporting = recorded.filter((signal): signal is ReportingSignal => Boolean(signal.report));
  if (reporting.length === 0) return regroup(tx, []);
  await scoring.lock(tx, [...new Set(recorded.map(({ accountId }) => accountId))]);
  await insertSignalReports(tx, reporting);
  return regroup(
    tx,
    reporting.map(({ accountId, kind, report }) => ({ accountId, kind, about: report.about })),
  );
}

function firstOfEachEvent(batch: readonly NewSignal[]): NewSignal[] {
  // Key order makes two batches with common events wait for each other instead of deadlocking.
  const byKey = new Map(batch.toReversed().map((signal) => [signal.eventKey, signal]));
  return [...byKey.values()].toSorted((a, b) => (a.eventKey < b.eventKey ? -1 : 1));
}

/** Ids in the order in which the events occurred: what is recorded at once is read by it. */
function idsByTime(events: readonly NewSignal[], now: Date): ReadonlyMap<string, string> {
  const inTime = events.toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
  return new Map(inTime.map(({ eventKey }) => [eventKey, newId(now)]));
}

async function writeSignals(tx: Tx, recorded: readonly RecordedSignal[], now: Date): Promise<void> {
  await tx.rows(
    insertSignals,
    recorded.map((signal) => signal.id),
    recorded.map((signal) => signal.accountId),
    recorded.map((signal) => signal.kind),
    recorded.map((signal) => signal.strength),
    recorded.map((signal) => signal.halfLifeDays),
    recorded.map((signal) => signal.summary),
    recorded.map((signal) => JSON.stringify(signal.facts)),
    recorded.map((signal) => signal.source),
    recorded.map((signal) => signal.eventKey),
    recorded.map((signal) => signal.isTest),
    recorded.map((signal) => signal.occurredAt),
    now,
  );
  const withEvidence = recorded.flatMap((signal) =>
    signal.evidence === null ? [] : [{ signalId: signal.id, ...signal.evidence }],
  );
  if (withEvidence.length === 0) return;
  await tx.rows(
    insertEvidence,
    withEvidence.map(() => newId(now)),
    withEvidence.map((evidence) => evidence.signalId),
    withEvidence.map((evidence) => evidence.url),
    withEvidence.map((evidence) => evidence.quote),
    withEvidence.map((evidence) => evidence.quoteStart),
    withEvidence.map((evidence) => evidence.contentHash),
    withEvidence.map((evidence) => evidence.fetchedAt),
    withEvidence.map((evidence) => evidence.context ?? ''),
  );
}
