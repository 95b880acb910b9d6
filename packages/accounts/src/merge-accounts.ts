import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import { closeItems } from './account-statements.ts';
import { renameItems } from './item-names.ts';

const moveIds = statement(
  'move_external_ids',
  `update external_id set subject_id = $3 where workspace_id = $1 and subject_kind = 'account' and subject_id = $2`,
);
const copyNames = statement(
  'copy_name_keys',
  `insert into account_name_key (workspace_id, key, account_id)
   select workspace_id, key, $3::uuid from account_name_key where workspace_id = $1 and account_id = $2 on conflict do nothing`,
);
const dropNames = statement(
  'drop_name_keys',
  'delete from account_name_key where workspace_id = $1 and account_id = $2',
);
const movePeople = statement(
  'move_people_of_account',
  'update person set account_id = $3, updated_at = $4 where workspace_id = $1 and account_id = $2',
);
/** Its place in files of target accounts; where the other is named already, that is enough. */
const moveTargets = statement(
  'move_targets_of_account',
  `with gone as (delete from target_file_member where workspace_id = $1 and account_id = $2 returning workspace_id, file_id, line, because)
   insert into target_file_member (workspace_id, file_id, account_id, line, because)
   select workspace_id, file_id, $3::uuid, line, because from gone on conflict do nothing`,
);
const markMerged = statement<{ id: string }>(
  'mark_account_merged',
  `update account set state = 'merged', merged_into_id = $3, updated_at = $4 where workspace_id = $1 and id = $2 and state <> 'merged' returning id`,
);

/** Makes one account of two: names, ids and people go over; whoever finds the old one by an id is led to the other. */
export async function mergeAccounts(tx: Tx, fromId: string, intoId: string, now: Date): Promise<void> {
  await tx.rows(moveIds, fromId, intoId);
  await tx.rows(copyNames, fromId, intoId);
  await tx.rows(dropNames, fromId);
  await tx.rows(renameItems, [intoId]);
  await tx.rows(movePeople, fromId, intoId, now);
  await tx.rows(moveTargets, fromId, intoId);
  await tx.rows(closeItems, fromId, now);
  await tx.rows(markMerged, fromId, intoId, now);
}
