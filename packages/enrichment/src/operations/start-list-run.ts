import { plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';
import { documentVersions, publishedDocument } from '@penstock/workspace/documents';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { CHUNK_RECORDS, MOST_RECORDS } from '../model/list-run.ts';
import type { Waterfall } from '../model/waterfall.ts';
import { WaterfallBody } from '../waterfall-document.ts';

const insertRun = statement(
  'insert_list_run',
  `insert into list_run (workspace_id, id, name, waterfall_version_id, state, records, chunks, guard_cost_per_usable_micros, guard_after_records, created_by, created_at)
   values ($1, $2, $3, $4, 'running', $5, ceil($5::int / $6::float8)::int, $7, $8, $9, $10)`,
);

/** People of the list, those who are erased left out; $2 ids, or null for all who lack a usable value of field $3. */
export const choosePeople = statement<{ id: string }>(
  'choose_people_of_list',
  `select p.id from person p where p.workspace_id = $1 and p.erased_at is null
     and ($2::uuid[] is null or p.id = any($2::uuid[]))
     and ($3::text = '' or not exists (select 1 from visible_value v where v.workspace_id = p.workspace_id and v.subject_id = p.id and v.field = $3 and v.usable))
   order by p.id limit $4`,
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

const Micros = z.int().positive().max(1_000_000_000_000);

const ListRunRequest = z.object({
  name: plainText(120).pipe(z.string().min(1, 'is missing: give the run a name')),
  people: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('ids'), ids: z.array(z.uuid()).min(1).max(10_000) }),
    z.object({
      kind: z.literal('missing'),
      field: z.enum(['work_email', 'mobile', 'title']),
      limit: z.int().min(1).max(MOST_RECORDS).default(MOST_RECORDS),
    }),
  ]),
  /** Another version than the published one, to try it; the draft too. */
  versionId: z.uuid().nullish(),
  budgetMicros: Micros.nullish(),
  guard: z
    .object({ costPerUsableMicros: Micros, afterRecords: z.int().min(1).max(10_000).default(200) })
    .nullish(),
});

async function versionOf(tx: Tx, asked: string | null): Promise<string> {
  return asked === null
    ? (await publishedDocument(tx, 'waterfall')).versionId
    : (await waterfallVersion(tx, asked)).versionId;
}

/**
 * A version of the waterfall, the draft too.
 * @throws DomainError `not_found`
 */
export async function waterfallVersion(
  tx: Tx,
  asked: string,
): Promise<{ versionId: string; waterfall: Waterfall }> {
  const found = (await documentVersions(tx, 'waterfall')).find(({ versionId }) => versionId === asked);
  if (found) return { versionId: asked, waterfall: WaterfallBody.parse(found.body) };
  throw new DomainError('not_found', 'versionId: there is no such version of the waterfall.');
}

/**
 * Enriches a list of people with the published waterfall: at most the run's budget is spent, and a guard pauses it when a usable contact
 * becomes too dear.
 * @param start begins the durable work beside the answer; what it can't start, the sweep starts
 */
export const startListRunOperation = (start: (run: { workspaceId: string; runId: string }) => void) =>
  command({
    name: 'enrichment.startListRun',
    lane: 'hot',
    permission: 'enrichment.run',
    summary: 'Enrich a list of people with the published waterfall, or try another version on them.',
    input: ListRunRequest,
    output: z.object({ id: z.uuid(), records: z.int() }),
    async run({ tx, actor, now }, input) {
      const { people } = input;
      const ids = people.kind === 'ids' ? [...new Set(people.ids)] : null;
      const field = people.kind === 'ids' ? '' : people.field;
      const limit = people.kind === 'ids' ? MOST_RECORDS : people.limit;
      const chosen = await tx.rows(choosePeople, ids, field, limit);
      if (chosen.length === 0)
        throw new DomainError(
          'invalid',
          ids === null
            ? 'Nobody lacks this field: there is nothing to enrich.'
            : 'None of these people is in the workspace. Check the ids.',
          { issues: [{ field: 'people', problem: 'names nobody', remedy: 'Choose other people.' }] },
        );
      const id = newId(now);
      const versionId = await versionOf(tx, input.versionId ?? null);
      await tx.rows(
        insertRun,
        id,
        input.name,
        versionId,
        chosen.length,
        CHUNK_RECORDS,
        input.guard?.costPerUsableMicros ?? null,
        input.guard?.afterRecords ?? 200,
        actor.id,
        now,
      );
      await tx.rows(
        insertRecords,
        id,
        chosen.map((person) => person.id),
        CHUNK_RECORDS,
      );
      await tx.rows(insertChunks, id, now);
      if (input.budgetMicros) await tx.rows(insertRunBudget, newId(now), id, input.budgetMicros);
      return {
        output: { id, records: chosen.length },
        audit: {
          action: 'list_run.started',
          subjectKind: 'list_run',
          subjectId: id,
          detail: { records: chosen.length },
        },
        events: [{ kind: 'list_run.changed', payload: { runId: id } }],
      };
    },
    afterCommit: ({ id }, { workspaceId }) => start({ workspaceId, runId: id }),
  });
