import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import { recordsPerChunk } from './model/list-run.ts';

const insertRun = statement(
  'insert_list_run',
  `insert into list_run (workspace_id, id, name, waterfall_version_id, state, records, chunks, guard_cost_per_usable_micros, guard_after_records, created_by, created_at, team_id, campaign_id)
   values ($1, $2, $3, $4, 'running', $5, ceil($5::int / $6::float8)::int, $7, $8, $9, $10, $11, $12)`,
);

const insertRecords = statement(
  'insert_list_records',
  `insert into list_run_record (workspace_id, run_id, chunk, person_id)
   select $1::uuid, $2::uuid, ((p.at - 1) / $4::int)::int, p.id from unnest($3::uuid[]) with ordinality as p (id, at)`,
);
const insertChunks = statement(
  'insert_list_chunks',
  `insert into list_run_chunk (workspace_id, run_id, chunk, records, updated_at)
   select $1::uuid, $2::uuid, chunk, count(*)::int, $3::timestamptz from list_run_record where workspace_id = $1 and run_id = $2 group by chunk`,
);
const insertRunBudget = statement(
  'insert_run_budget',
  `insert into budget (workspace_id, id, scope, period, limit_micros) values ($1, $2, 'run', $3, $4)`,
);

export type RunToMake = {
  id: string;
  name: string;
  versionId: string;
  people: readonly string[];
  teamId: string | null;
  campaignId: string | null;
  budgetMicros: number | null;
  guard: { costPerUsableMicros: number; afterRecords: number } | null;
  createdBy: string;
};

/** Writes a run over people; its durable work is begun by whoever asked, or by the sweep. */
export async function makeListRun(tx: Tx, run: RunToMake, now: Date): Promise<void> {
  const perChunk = recordsPerChunk(run.people.length);
  await tx.rows(
    insertRun,
    run.id,
    run.name,
    run.versionId,
    run.people.length,
    perChunk,
    run.guard?.costPerUsableMicros ?? null,
    run.guard?.afterRecords ?? 200,
    run.createdBy,
    now,
    run.teamId,
    run.campaignId,
  );
  await tx.rows(insertRecords, run.id, run.people, perChunk);
  await tx.rows(insertChunks, run.id, now);
  if (run.budgetMicros) await tx.rows(insertRunBudget, newId(now), run.id, run.budgetMicros);
}
