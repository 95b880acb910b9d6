import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

const insertWatches = statement<{ source: string }>(
  'insert_source_watches',
  `insert into source_watch (workspace_id, id, source, due_at, active)
   select $1::uuid, w.id, w.source, $4::timestamptz, $5::boolean from unnest($2::uuid[], $3::text[]) as w (id, source)
   on conflict (workspace_id, source) do nothing returning source`,
);

/**
 * Watches the sources that a workspace does not watch yet: those of a new workspace, and those that a new release brings to one that
 * is there. Watches that are there stay as they are, those switched off too.
 * @param active false for those that RevOps has to switch on: they tell somebody outside which companies are accounts
 * @returns the sources that are watched from now on
 */
export async function ensureWatches(
  tx: Tx,
  sources: readonly string[],
  now: Date,
  active = true,
): Promise<string[]> {
  const made = await tx.rows(
    insertWatches,
    sources.map(() => newId(now)),
    sources,
    now,
    active,
  );
  return made.map(({ source }) => source);
}
