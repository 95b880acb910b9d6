import { statement } from '@penstock/store/statement';

/**
 * SQL of what a queue item's `names` holds: the name keys of its account, each after a line's end, so that a search by the beginning of a
 * name is one look into the item. Keys that only serve the matching of names begin with `~` and are left out.
 * @param workspace @param account SQL of the two ids
 */
export const namesOfAccount = (workspace: string, account: string): string =>
  `coalesce((select string_agg(e'\\n' || k.key, '' order by k.key) from account_name_key k
    where k.workspace_id = ${workspace} and k.account_id = ${account} and left(k.key, 1) <> '~'), '')`;

/** What is searched for in `names`; '' for nothing. @param key beginning of a name key */
export const soughtName = (key: string): string => (key === '' ? '' : `\n${key}`);

/** Items of accounts ($2) whose names have changed say so. */
export const renameItems = statement(
  'rename_queue_items_of_accounts',
  `update queue_item q set names = ${namesOfAccount('q.workspace_id', 'q.account_id')}
   where q.workspace_id = $1 and q.account_id = any($2::uuid[]) and q.state in ('open', 'snoozed')`,
);
