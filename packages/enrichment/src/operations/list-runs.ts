import { statement } from '@penstock/store/statement';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { RunTrace } from '../contracts.ts';

const readRuns = statement<z.input<typeof RunTrace>>(
  'read_enrichment_runs',
  `select r.id, r.state, r.stop_reason as "stopReason", v.number as "waterfallVersion", r.started_at as "startedAt", r.ended_at as "endedAt",
     coalesce((select sum(l.charged_micros) from spend_ledger l where l.workspace_id = r.workspace_id and l.person_id = r.person_id and l.run_id = r.id), 0)::bigint as "costMicros",
     '[]'::jsonb as steps
   from enrichment_run r join document_version v on v.workspace_id = r.workspace_id and v.id = r.waterfall_version_id
   where r.workspace_id = $1 and r.person_id = $2
     and ($3::text[] is null or r.lead_id is null or exists (select 1 from lead x where x.workspace_id = $1 and x.id = r.lead_id and (x.owner_id is null or x.owner_id = any($3::text[]))))
   order by r.started_at desc limit 20`,
);

type StepRow = z.input<typeof RunTrace>['steps'][number] & { runId: string };
const readSteps = statement<StepRow>(
  'read_waterfall_steps',
  `select s.run_id as "runId", s.seq, s.provider, s.capability, s.wanted, s.decision, s.reason, s.outcome, l.state as "ledgerState",
     coalesce(l.charged_micros, 0) as "costMicros", l.latency_ms as "latencyMs", s.occurred_at as "occurredAt"
   from waterfall_step s left join spend_ledger l on l.workspace_id = s.workspace_id and l.id = s.ledger_id
   where s.workspace_id = $1 and s.run_id = any($2::uuid[]) order by s.run_id, s.seq`,
);

/** What was asked for a person, step by step, with its reason, its answer and its price; for leads that the caller sees. */
export const listRuns = query({
  name: 'enrichment.runs',
  lane: 'hot',
  permission: 'lead.read',
  summary: "A person's waterfall runs, newest first, step by step.",
  input: z.object({ personId: z.uuid() }),
  output: z.object({ items: z.array(RunTrace) }),
  async run({ tx, actor }, input) {
    const runs = await tx.rows(readRuns, input.personId, actor.visibleOwnerIds);
    const steps =
      runs.length === 0
        ? []
        : await tx.rows(
            readSteps,
            runs.map((run) => run.id),
          );
    return { items: runs.map((run) => ({ ...run, steps: steps.filter((step) => step.runId === run.id) })) };
  },
});
