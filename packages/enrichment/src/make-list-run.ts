import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import { one, type Tx } from '@penstock/store/tx';

import { countPeople, WHOM, whomParameters, type Whom } from './choose-people.ts';
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
/**
 * The same for people who are named by what they have in common: hundreds of thousands of them don't go through this process. Those of one company come into
 * one chunk: chunks that are under way at once don't wait for each other to fill the same company's facts.
 */
const insertRecordsOf = statement<{ records: number }>(
  'insert_list_records_of',
  `with chosen as materialized (select p.id, p.account_id ${WHOM} order by p.id limit $4),
   placed as (select id, row_number() over (order by account_id, id) as at from chosen),
   made as (
     insert into list_run_record (workspace_id, run_id, chunk, person_id)
     select $1::uuid, $6::uuid, ((at - 1) / $7::int)::int, id from placed returning 1)
   select count(*)::int as records from made`,
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
  people: readonly string[] | Whom;
  teamId: string | null;
  campaignId: string | null;
  budgetMicros: number | null;
  guard: { costPerUsableMicros: number; afterRecords: number } | null;
  createdBy: string;
};

/**
 * Writes a run over people; its durable work is begun by whoever asked, or by the sweep.
 * @returns how many records it has; none, and nothing is written, where that is nobody
 */
export async function makeListRun(tx: Tx, run: RunToMake, now: Date): Promise<number> {
  const perChunk = recordsPerChunk(
    'length' in run.people ? run.people.length : await countPeople(tx, run.people),
  );
  const records = await makeRecords(tx, run, perChunk);
  if (records === 0) return 0;
  await tx.rows(
    insertRun,
    run.id,
    run.name,
    run.versionId,
    records,
    perChunk,
    run.guard?.costPerUsableMicros ?? null,
    run.guard?.afterRecords ?? 200,
    run.createdBy,
    now,
    run.teamId,
    run.campaignId,
  );
  await tx.rows(insertChunks, run.id, now);
  if (run.budgetMicros) await tx.rows(insertRunBudget, newId(now), run.id, run.budgetMicros);
  return records;
}

async function makeRecords(tx: Tx, { id, people }: RunToMake, perChunk: number): Promise<number> {
  if (!('length' in people))
    return (await one(tx, insertRecordsOf, ...whomParameters(people), id, perChunk)).records;
  if (people.length > 0) await tx.rows(insertRecords, id, people, perChunk);
  return people.length;
}
