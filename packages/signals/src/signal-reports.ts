import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import { clusterReports, windowMsOf, type Cluster, type Report } from './model/event-clusters.ts';
import type { EventReport } from './model/event-report.ts';
import type { NewSignal, RecordedSignal } from './record-signals.ts';
import type { SignalKind } from './source-port.ts';

export type ReportingSignal = RecordedSignal & { report: EventReport };

/** Reports of one account that may be of one event. */
export type ReportGroup = { accountId: string; kind: SignalKind; about: string };

type ReportRow = Report & {
  ownId: string;
  signalId: string;
  accountId: string;
  kind: SignalKind;
  isTest: boolean;
  summary: string;
  facts: NewSignal['facts'];
  source: string;
};

const insertReports = statement(
  'insert_signal_reports',
  `insert into signal_report (workspace_id, event_key, own_id, signal_id, account_id, kind, about, origin, tells_events_apart, strength, summary, facts, source, is_test, occurred_at)
   select $1::uuid, r.event_key, r.own_id, r.own_id, r.account_id, r.kind, r.about, r.origin, r.tells_events_apart, r.strength, r.summary, r.facts::jsonb, r.source, r.is_test, r.occurred_at
   from unnest($2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::float8[], $10::text[], $11::text[], $12::text[], $13::boolean[], $14::timestamptz[])
     as r (event_key, own_id, account_id, kind, about, origin, tells_events_apart, strength, summary, facts, source, is_test, occurred_at)`,
);

/** Read after the accounts are locked: nobody else changes reports of theirs then. */
const readReports = statement<ReportRow>(
  'read_signal_reports',
  `select r.event_key as "eventKey", r.own_id as "ownId", r.signal_id as "signalId", r.account_id as "accountId", r.kind, r.about, r.origin,
     r.tells_events_apart as "tellsEventsApart", r.strength, r.summary, r.facts, r.source, r.is_test as "isTest", r.occurred_at as "occurredAt"
   from (select distinct * from unnest($2::uuid[], $3::text[], $4::text[]) as g (account_id, kind, about)) g
   join signal_report r on r.workspace_id = $1 and r.account_id = g.account_id and r.kind = g.kind and r.about = g.about`,
);

const pointReports = statement(
  'point_signal_reports',
  `update signal_report r set signal_id = c.signal_id from unnest($2::uuid[], $3::uuid[]) as c (own_id, signal_id)
   where r.workspace_id = $1 and r.own_id = c.own_id and r.signal_id <> c.signal_id`,
);

/** Signals as their clusters have them. What is merged is ended by what stands for it, so that it counts nowhere. */
const writeClusters = statement<{ accountId: string }>(
  'write_signal_clusters',
  `update signal s set merged_into_id = c.merged_into_id, expired_by_id = c.merged_into_id, strength = c.strength, summary = c.summary,
     facts = c.facts::jsonb, source = c.source, occurred_at = c.occurred_at
   from unnest($2::uuid[], $3::uuid[], $4::float8[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
     as c (id, merged_into_id, strength, summary, facts, source, occurred_at)
   where s.workspace_id = $1 and s.id = c.id
     and (s.merged_into_id, s.strength, s.summary, s.facts, s.source, s.occurred_at)
       is distinct from (c.merged_into_id, c.strength, c.summary, c.facts::jsonb, c.source, c.occurred_at)
   returning s.account_id as "accountId"`,
);

export async function insertSignalReports(tx: Tx, signals: readonly ReportingSignal[]): Promise<void> {
  await tx.rows(
    insertReports,
    signals.map((signal) => signal.eventKey),
    signals.map((signal) => signal.id),
    signals.map((signal) => signal.accountId),
    signals.map((signal) => signal.kind),
    signals.map((signal) => signal.report.about),
    signals.map((signal) => signal.report.origin),
    signals.map((signal) => signal.report.tellsEventsApart),
    signals.map((signal) => signal.strength),
    signals.map((signal) => signal.summary),
    signals.map((signal) => JSON.stringify(signal.facts)),
    signals.map((signal) => signal.source),
    signals.map((signal) => signal.isTest),
    signals.map((signal) => signal.occurredAt),
  );
}

export type Regrouped = {
  /** Accounts whose masses have to be rebuilt, in the order of their ids. */
  changedAccounts: string[];
  /** Of each report's own signal the one that stands for its event. */
  standsFor: ReadonlyMap<string, string>;
};

/**
 * Makes one signal of each event that the reports of the groups tell. What comes out follows from the reports alone, in whatever
 * order they came. The accounts must be locked (`ScoringPort.lock`), and the reports' own signals be there.
 */
export async function regroup(tx: Tx, groups: readonly ReportGroup[]): Promise<Regrouped> {
  const standsFor = new Map<string, string>();
  if (groups.length === 0) return { changedAccounts: [], standsFor };
  const rows = await tx.rows(
    readReports,
    groups.map(({ accountId }) => accountId),
    groups.map(({ kind }) => kind),
    groups.map(({ about }) => about),
  );
  const told = Map.groupBy(rows, (row) => [row.accountId, row.kind, row.about, row.isTest].join('\n'));
  const wanted = [...told.values()].flatMap((reports) =>
    clusterReports(reports, windowMsOf(reports[0]?.kind ?? 'funding')).flatMap(asSignals),
  );
  for (const { id, mergedIntoId } of wanted) standsFor.set(id, mergedIntoId ?? id);
  await tx.rows(pointReports, [...standsFor.keys()], [...standsFor.values()]);
  const changed = await tx.rows(
    writeClusters,
    wanted.map(({ id }) => id),
    wanted.map(({ mergedIntoId }) => mergedIntoId),
    wanted.map(({ strength }) => strength),
    wanted.map(({ summary }) => summary),
    wanted.map(({ facts }) => JSON.stringify(facts)),
    wanted.map(({ source }) => source),
    wanted.map(({ occurredAt }) => occurredAt),
  );
  return { changedAccounts: [...new Set(changed.map((row) => row.accountId))].toSorted(), standsFor };
}

function asSignals(cluster: Cluster<ReportRow>) {
  const standing = standingId(cluster.reports);
  const { summary, facts, source } = cluster.lead;
  const { strength, occurredAt } = cluster;
  return cluster.reports.map((report) =>
    report.ownId === standing
      ? { id: standing, mergedIntoId: null, strength, summary, facts, source, occurredAt }
      : { ...report, id: report.ownId, mergedIntoId: standing },
  );
}

/** The signal that most of the reports had so far: what reps have seen and judged stays. Else the first. */
function standingId(reports: readonly ReportRow[]): string {
  const votes = Map.groupBy(reports, ({ signalId }) => signalId);
  const ids = reports.map(({ ownId }) => ownId);
  const [best] = ids.toSorted(
    (a, b) => (votes.get(b)?.length ?? 0) - (votes.get(a)?.length ?? 0) || (a < b ? -1 : 1),
  );
  return best ?? '';
}
