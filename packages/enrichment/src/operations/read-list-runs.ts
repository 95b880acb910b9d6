import { pageOf } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { statement } from '@penstock/store/statement';
import { maybeOne } from '@penstock/store/tx';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { ListRecordRow, ListRunView } from '../contracts.ts';

type RunRecord = Omit<z.input<typeof ListRunView>, 'recordsPerSecond' | 'secondsLeft'> & {
  lastAt: Date | null;
  pausedAt: Date | null;
  pausedMs: number;
};

const SELECT = `select r.id, r.name, r.state, r.state_reason as "stateReason", v.number as "waterfallVersion", r.records, r.created_at as "createdAt", r.ended_at as "endedAt",
     r.guard_cost_per_usable_micros as "guardMicros", r.guard_after_records as "guardAfterRecords", b.limit_micros as "budgetMicros",
     c.done, c.found, c.verified, c.usable, c.calls, c.spent as "spentMicros", c.last as "lastAt",
     r.paused_at as "pausedAt", r.paused_ms as "pausedMs"
   from list_run r join document_version v on v.workspace_id = r.workspace_id and v.id = r.waterfall_version_id
   left join budget b on b.workspace_id = r.workspace_id and b.scope = 'run' and b.period = r.id::text and b.limit_micros < 9007199254740991
   join lateral (select coalesce(sum(done), 0)::int as done, coalesce(sum(found), 0)::int as found, coalesce(sum(verified), 0)::int as verified, coalesce(sum(usable), 0)::int as usable,
       coalesce(sum(calls), 0)::int as calls, coalesce(sum(spent_micros), 0)::bigint as spent, max(updated_at) as last
     from list_run_chunk k where k.workspace_id = r.workspace_id and k.run_id = r.id) c on true`;

const readRuns = statement<RunRecord>(
  'read_list_runs',
  `${SELECT} where r.workspace_id = $1 and ($2::uuid is null or r.id < $2) order by r.id desc limit $3`,
);
const readRun = statement<RunRecord>(
  'read_list_run_view',
  `${SELECT} where r.workspace_id = $1 and r.id = $2`,
);

/** Figures of a run with its pace while it worked; the time left is what is open at the pace so far. */
function view({ lastAt, pausedAt, pausedMs, ...run }: RunRecord, now: Date): z.input<typeof ListRunView> {
  const until = run.endedAt ?? (run.state === 'running' ? now : (pausedAt ?? lastAt));
  const seconds = until === null ? 0 : (until.getTime() - run.createdAt.getTime() - pausedMs) / 1_000;
  const recordsPerSecond = seconds > 0 ? run.done / seconds : 0;
  return {
    ...run,
    recordsPerSecond,
    secondsLeft:
      run.state === 'running' && recordsPerSecond > 0 ? (run.records - run.done) / recordsPerSecond : null,
  };
}

const PAGE = 50;

export const listListRuns = query({
  name: 'enrichment.listRuns',
  lane: 'hot',
  permission: 'enrichment.read',
  summary: 'Runs over lists, newest first, with what they found and cost.',
  input: z.object({ cursor: z.uuid().nullish() }),
  output: pageOf(ListRunView),
  async run({ tx, now }, input) {
    const rows = await tx.rows(readRuns, input.cursor ?? null, PAGE);
    const items = rows.map((row) => view(row, now));
    return { items, nextCursor: rows.length === PAGE ? (rows.at(-1)?.id ?? null) : null };
  },
});

export const getListRun = query({
  name: 'enrichment.getListRun',
  lane: 'hot',
  permission: 'enrichment.read',
  summary: 'A run over a list: found, verified, usable, money, pace.',
  input: z.object({ id: z.uuid() }),
  output: ListRunView,
  async run({ tx, now }, input) {
    const run = await maybeOne(tx, readRun, input.id);
    if (!run) throw new DomainError('not_found', 'There is no such run in this workspace.');
    return view(run, now);
  },
});

type RecordRow = z.input<typeof ListRecordRow>;
const readRecords = statement<RecordRow>(
  'read_list_run_records',
  `select r.person_id as "personId", trim(p.given_name || ' ' || p.family_name) as name, a.name as company, r.state, r.found, r.verified, r.usable, r.stop_reason as "stopReason",
     coalesce(v.values, '{}'::jsonb) as values, r.trace as trace,
     coalesce(l.calls, '[]'::jsonb) as calls
   from list_run_record r join person p on p.workspace_id = r.workspace_id and p.id = r.person_id
   left join account a on a.workspace_id = p.workspace_id and a.id = p.account_id
   left join lateral (select jsonb_object_agg(w.field, jsonb_build_object('value', w.value, 'usable', w.usable, 'provider', w.provider)) as values
     from visible_value w where w.workspace_id = r.workspace_id and w.subject_id = r.person_id) v on true
   left join lateral (select jsonb_agg(jsonb_build_object('ledgerId', s.id, 'outcome', s.outcome, 'state', s.state, 'costMicros', s.charged_micros, 'latencyMs', s.latency_ms) order by s.id) as calls
     from spend_ledger s where s.workspace_id = r.workspace_id and s.person_id = r.person_id and s.run_id = r.run_id) l on true
   where r.workspace_id = $1 and r.run_id = $2 and ($3::uuid is null or r.person_id > $3)
     and ($4::text = 'all' or ($4 = 'usable' and r.usable) or ($4 = 'not_usable' and r.state = 'done' and not r.usable) or ($4 = 'open' and r.state = 'open'))
   order by r.person_id limit $5`,
);

/** Records of a run with what is shown of them now, each call with its answer and price, and why it stopped. */
export const listListRecords = query({
  name: 'enrichment.listRecords',
  lane: 'hot',
  permission: 'enrichment.read',
  summary: 'The records of a run, each with its trace.',
  input: z.object({
    runId: z.uuid(),
    filter: z.enum(['all', 'usable', 'not_usable', 'open']).default('all'),
    cursor: z.uuid().nullish(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  output: pageOf(ListRecordRow),
  async run({ tx }, { runId, filter, cursor, limit }) {
    const items = await tx.rows(readRecords, runId, cursor ?? null, filter, limit);
    return { items, nextCursor: items.length === limit ? (items.at(-1)?.personId ?? null) : null };
  },
});
