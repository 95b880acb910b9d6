import { DomainError } from '@penstock/kernel/domain-error';
import { unfollow } from '@penstock/store/follow';
import { maybeOne, type Tx } from '@penstock/store/tx';

import { reopenPair } from './duplicate-statements.ts';
import { Before, MovedRows } from './merge-journal.ts';
import type { MergePort } from './merge-port.ts';
import { afterwards } from './merge-records.ts';
import * as sql from './merge-statements.ts';
import { likeliness } from './model/duplicate-reasons.ts';
import { restoredFields } from './model/merge-fields.ts';
import { unsuppress } from './suppression.ts';

/**
 * Makes two records of what a merge made one: the rows that went over and are still there go back, and fields hold what they held unless
 * somebody has changed them since. What came since stays with the record that was kept.
 * @throws DomainError `not_found`, `conflict` if it was undone, one was erased, or the record was merged on
 */
export async function undoMerge(tx: Tx, port: MergePort, id: string, now: Date): Promise<sql.MergeRow> {
  const merge = await maybeOne(tx, sql.readMerge, id);
  if (!merge) throw new DomainError('not_found', 'There is no such merge in this workspace.');
  if (merge.undoneAt !== null) throw new DomainError('conflict', 'This merge was undone already.');
  const { kind, keptId, otherId } = merge;
  if (kind === 'account') await port.lockAccounts(tx, [keptId, otherId].toSorted());
  const rows = await tx.rows(sql.LOCK[kind], [keptId, otherId].toSorted());
  const kept = rows.find((row) => row.id === keptId);
  const parsed = Before.safeParse(merge.before);
  if (!kept || kept.gone === 'erased' || !parsed.success)
    throw new DomainError(
      'conflict',
      'One of the two was erased since, so that they can’t be told apart any more.',
    );
  if (kept.gone === 'merged')
    throw new DomainError(
      'conflict',
      `${kept.name} was merged with another record since. Undo that merge first.`,
    );
  const before = parsed.data;
  await unfollow(tx, kind, MovedRows.parse(merge.moved), { fromId: otherId, intoId: keptId });
  const restored = restoredFields(kept.fields, before.kept, before.set);
  if (kind === 'person' && kept.fields['emailKey'] !== restored['emailKey'])
    await swapBack(tx, keptId, otherId, before);
  await tx.rows(sql.WRITE[kind], keptId, JSON.stringify(restored), now);
  await tx.rows(sql.UNMARK[kind], otherId, String(before.other['state'] ?? ''), now);
  if (before.closed) await tx.rows(sql.reopenItem, before.closed.id, before.closed.state, now);
  await unsuppress(tx, before.suppressed);
  await tx.rows(reopenPair, kind, keptId, otherId, merge.reasons.join(' '), likeliness(merge.reasons), now);
  await afterwards(
    tx,
    port,
    { kind, ids: [keptId, otherId], records: [before.kept, before.other, kept.fields] },
    now,
  );
  if (before.spentMicros > 0) await tx.rows(sql.takeSpent, keptId, before.spentMicros);
  return merge;
}

async function swapBack(tx: Tx, keptId: string, otherId: string, { kept, other }: Before): Promise<void> {
  await tx.rows(sql.writeAddress, otherId, null);
  await tx.rows(sql.writeAddress, keptId, kept['emailKey'] ?? null);
  await tx.rows(sql.writeAddress, otherId, other['emailKey'] ?? null);
}
