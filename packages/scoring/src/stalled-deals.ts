import { INTENT_KINDS } from '@penstock/signals/model/signal-kind';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import type { IntentModel } from './model/intent.ts';
import type { PastEvent } from './model/outlook.ts';
import type { QueueDefinition } from './model/queue-definition.ts';
import { IN_FORCE } from './standing-statements.ts';
import {
  LEAST_USUAL_DAYS,
  REACTIVATING_POINTS,
  reactivationInWords,
  reactivationOf,
  stallOf,
  type DealPulse,
  type Reactivation,
  type Stall,
} from './model/reactivation.ts';

export type StalledDeal = {
  dealId: string;
  name: string;
  accountId: string;
  stall: Stall;
  reactivation: Reactivation | null;
};

type PulseRow = DealPulse & {
  dealId: string;
  name: string;
  accountId: string;
  kinds: string[] | null;
  strengths: number[] | null;
  halfLives: number[] | null;
  occurred: Date[] | null;
};

/** Won deals from which the usual time in a stage is read, the newest. */
const MOST_WON = 200;
/** New signals of an account that are weighed, the newest: of more, the caps of the kinds are reached long before. */
const MOST_SIGNALS = 200;
const MOST_DEALS = 20_000;
/** Sums of the same masses in another order differ by less. */
const ROUNDING = 0.001;

const boundOf = (deal: 'd' | 'q'): string => `coalesce((
           select sc.signal_bound from account_score sc where sc.workspace_id = $1 and sc.account_id = ${deal}.account_id and sc.intent_version_id = ${IN_FORCE}), 0)`;

/**
 * Open deals that have not moved for $6 days at least, with the intent that occurred since; where there are none, what is usual is not read. $2 only these deals, $3 only of these
 * accounts (null: all), $4 owners seen. Activities of other deals and leads at the account don't count as moves of this one. Some of an account's
 * signals never give more than all of them: where the bound of its score is below $8, none are read. No stall is shorter than $6 days, and what came
 * before it is not new. $9 only deals with something new, so that
 * the others are not looked at further.
 */
const readQuietDeals = statement<PulseRow>(
  'read_quiet_deals',
  `with quiet as materialized (
     select d.id, d.name, d.account_id, d.stage, d.stage_type, d.stage_entered_at, greatest(touch.at, proof.at) as active_at
     from (
       select * from deal d where d.workspace_id = $1 and d.stage_type = 'open' and d.merged_into_id is null and not d.is_test
         and d.stage_entered_at < $5::timestamptz - make_interval(days => $6)
         and ($2::uuid[] is null or d.id = any($2::uuid[])) and ($3::uuid[] is null or d.account_id = any($3::uuid[]))
         and ($4::text[] is null or d.owner_id = any($4::text[]))
         and (not $9::boolean or ${boundOf('d')} >= $8)
       order by d.value_minor desc limit ${MOST_DEALS}
     ) d left join lateral (
       select t.occurred_at as at from activity t where t.workspace_id = $1 and t.account_id = d.account_id and t.occurred_at <= $5
         and t.kind in ('call', 'mail', 'meeting') and (t.deal_id = d.id or (t.deal_id is null and (t.lead_id is null or t.lead_id = d.lead_id)))
       order by t.occurred_at desc limit 1
     ) touch on true left join lateral (
       select max(e.occurred_at) as at from deal_evidence e where e.workspace_id = $1 and e.deal_id = d.id and e.withdrawn_at is null
         and e.occurred_at <= $5
     ) proof on true
     where coalesce(greatest(touch.at, proof.at), '-infinity') < $5::timestamptz - make_interval(days => $6)
   ), usual as (
     select stay.stage, percentile_cont(0.5) within group (order by stay.days) as days, count(*)::int as stays
     from (
       select id from deal where workspace_id = $1 and stage_type in ('won', 'post_sale') and not is_test and merged_into_id is null
         and exists (select 1 from quiet)
       order by id desc limit ${MOST_WON}
     ) won cross join lateral (
       select c.to_stage as stage,
         extract(epoch from lead(c.occurred_at) over (order by c.occurred_at, c.id) - c.occurred_at)::float8 / 86400 as days
       from deal_change c where c.workspace_id = $1 and c.deal_id = won.id and c.to_stage is not null offset 0
     ) stay where stay.days is not null group by stay.stage
   )
   select q.id as "dealId", q.name, q.account_id as "accountId", q.stage_type as "stageType", q.stage_entered_at as "stageEnteredAt",
     q.active_at as "lastActivityAt", usual.days as "medianDays", coalesce(usual.stays, 0) as stays,
     news.kinds, news.strengths, news.half_lives as "halfLives", news.occurred
   from quiet q left join usual on usual.stage = q.stage
   left join lateral (
     select array_agg(s.kind) as kinds, array_agg(s.strength) as strengths, array_agg(s.half_life_days) as half_lives, array_agg(s.occurred_at) as occurred
     from (
       select s.kind, s.strength, s.half_life_days, s.occurred_at from signal s
       where s.workspace_id = $1 and s.account_id = q.account_id and s.kind = any($7::text[]) and s.merged_into_id is null and s.expired_by_id is null
         and not s.is_test and s.occurred_at > greatest(q.stage_entered_at, q.active_at) + make_interval(days => $6) and s.occurred_at <= $5
         and ${boundOf('q')} >= $8
       order by s.occurred_at desc limit ${MOST_SIGNALS}
     ) s
   ) news on true
   where not $9::boolean or news.kinds is not null`,
);

/** Which deals: these, those of these accounts, or all that are open; only those of the owners seen (null: everybody). */
export type WhichDeals = {
  ids?: readonly string[];
  accountIds?: readonly string[];
  owners: readonly string[] | null;
  /** Only those whose account shows intent again; of the others nothing is told. */
  reviving?: boolean;
};

/** The stalled ones of these deals by their id, each with whether its account shows intent again; one statement, however many. */
export async function stalledDeals(
  tx: Tx,
  model: IntentModel,
  { ids, accountIds, owners, reviving = false }: WhichDeals,
  asOf: Date,
): Promise<ReadonlyMap<string, StalledDeal>> {
  if (ids?.length === 0 || accountIds?.length === 0) return new Map();
  const rows = await tx.rows(
    readQuietDeals,
    ids ?? null,
    accountIds ?? null,
    owners,
    asOf,
    LEAST_USUAL_DAYS,
    INTENT_KINDS,
    REACTIVATING_POINTS - ROUNDING,
    reviving,
  );
  const stalled = rows.flatMap((row): StalledDeal[] => {
    const stall = stallOf(row, asOf);
    if (!stall) return [];
    const reactivation = reactivationOf(model, stall, eventsOf(row), asOf);
    if (reviving && !reactivation) return [];
    return [{ dealId: row.dealId, name: row.name, accountId: row.accountId, stall, reactivation }];
  });
  return new Map(stalled.map((deal) => [deal.dealId, deal]));
}

function eventsOf(row: PulseRow): PastEvent[] {
  return (row.kinds ?? []).flatMap((kind, index) => {
    const strength = row.strengths?.[index];
    const halfLifeDays = row.halfLives?.[index];
    const occurredAt = row.occurred?.[index];
    return strength !== undefined && halfLifeDays !== undefined && occurredAt
      ? [{ kind, strength, halfLifeDays, occurredAt }]
      : [];
  });
}

/** Accounts with a deal that reactivates: what is told of it, of the one with the most new intent. */
export async function revivingAccounts(
  tx: Tx,
  model: IntentModel,
  which: WhichDeals,
  asOf: Date,
): Promise<ReadonlyMap<string, string>> {
  const deals = await stalledDeals(tx, model, { ...which, reviving: true }, asOf);
  const words = [...deals.values()]
    .toSorted((a, b) => (a.reactivation?.points ?? 0) - (b.reactivation?.points ?? 0))
    .flatMap(({ accountId, name, stall, reactivation }) =>
      reactivation ? [[accountId, reactivationInWords(name, stall, reactivation)] as const] : [],
    );
  return new Map(words);
}

/** Accounts with a deal that reactivates, where one of these queues asks for them; else none is looked for. */
export async function revivingFor(
  tx: Tx,
  model: IntentModel,
  { queues, owners }: { queues: readonly Pick<QueueDefinition, 'filter'>[]; owners: WhichDeals['owners'] },
  asOf: Date,
): Promise<ReadonlySet<string>> {
  if (!queues.some(({ filter }) => filter.deals === 'reactivating')) return new Set();
  return new Set((await revivingAccounts(tx, model, { owners }, asOf)).keys());
}

export type RevivingSignal = {
  id: string;
  kind: string;
  summary: string;
  occurredAt: Date;
  url: string | null;
  quote: string | null;
};

/** What occurred at an account after $3, the newest first, each with its evidence. */
export const readRevivingSignals = statement<RevivingSignal>(
  'read_reviving_signals',
  `select s.id, s.kind, s.summary, s.occurred_at as "occurredAt", e.url, e.quote from signal s
   left join lateral (
     select url, quote from evidence e where e.workspace_id = $1 and e.signal_id = s.id order by e.id limit 1
   ) e on true
   where s.workspace_id = $1 and s.account_id = $2 and s.occurred_at > $3 and s.occurred_at <= $4 and s.kind = any($5::text[])
     and s.merged_into_id is null and s.expired_by_id is null and not s.is_test
   order by s.occurred_at desc, s.id desc limit 20`,
);
