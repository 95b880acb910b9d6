import { newId } from '@penstock/kernel/ids';
import type { WorldCompany } from '@penstock/sandbox/world/world';
import { scoringPort } from '@penstock/scoring/rescore';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import { DAY_MS, drawn, seen } from './drawn-signals.ts';

/** Signals as they were recorded when they were seen: recording them now would tell them, and queue what is long past. */
const seedSignals = statement(
  'seed_signals_of_the_past',
  `with s as (
     select * from jsonb_to_recordset($2::jsonb) as s (id uuid, account_id uuid, kind text, strength float8, half_life_days float8, summary text, facts jsonb,
       event_key text, at timestamptz, url text, content_hash text)
   ), keys as (
     insert into signal_event_key (workspace_id, event_key, signal_id, account_id) select $1::uuid, s.event_key, s.id, s.account_id from s
   ), proofs as (
     insert into evidence (workspace_id, id, signal_id, url, quote, quote_start, content_hash, fetched_at)
     select $1::uuid, s.id, s.id, s.url, s.summary, 0, s.content_hash, s.at from s
   )
   insert into signal (workspace_id, id, account_id, kind, strength, half_life_days, summary, facts, source, event_key, is_test, occurred_at, recorded_at)
   select $1::uuid, s.id, s.account_id, s.kind, s.strength, s.half_life_days, s.summary, s.facts, 'sandbox', s.event_key, false, s.at, s.at from s`,
);

const KINDS = ['category_search', 'hiring', 'intent', 'visit'] as const;
const MOST = 3;
/** The share of deals before which something was seen, and something more; how many days before at most. */
const BEFORE_WON = { first: 0.7, more: 0.5, days: 20 };
const BEFORE_LOST = { first: 0.42, more: 0.25, days: 35 };

/** What had been seen of a company before a deal with it was opened: of those that were won more, and more often, but not of all. */
export function seenBefore(
  deal: { index: number; company: WorldCompany; accountId: string; won: boolean },
  createdAt: Date,
) {
  const { index, company, accountId, won } = deal;
  const { first, more, days } = won ? BEFORE_WON : BEFORE_LOST;
  const draw = (what: string, at: number) => drawn('seen before', what, index, at);
  const count = draw('any', 0) >= first ? 0 : 1 + [1, 2].filter((at) => draw('more', at) < more).length;
  return Array.from({ length: Math.min(count, MOST) }, (_, at) =>
    seen({
      kind: KINDS[Math.floor(draw('kind', at) * KINDS.length)] ?? 'visit',
      company,
      accountId,
      draw: draw('what', at),
      occurredAt: new Date(createdAt.getTime() - (1 + draw('age', at) * days) * DAY_MS),
      eventKey: `sandbox:before:${index}:${at}`,
    }),
  );
}

/** Writes what was seen as of when it was, and what is left of it today into the scores of its accounts. */
export async function seedSeenBefore(
  tx: Tx,
  signals: readonly ReturnType<typeof seen>[],
  now: Date,
): Promise<void> {
  const rows = signals.map(
    ({ occurredAt, accountId, kind, strength, summary, facts, eventKey, evidence }) => ({
      id: newId(occurredAt),
      account_id: accountId,
      kind,
      strength,
      half_life_days: SIGNAL_KINDS[kind].halfLifeDays,
      summary,
      facts,
      event_key: eventKey,
      at: occurredAt,
      url: evidence.url,
      content_hash: evidence.contentHash,
    }),
  );
  await tx.rows(seedSignals, JSON.stringify(rows));
  for (const accountId of new Set(signals.map((signal) => signal.accountId)))
    await scoringPort.onCorrected(tx, accountId, now);
}
