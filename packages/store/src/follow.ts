import { FOLLOWERS, type Follower, type Subject } from './followers.ts';
import { statement, type Statement } from './statement.ts';
import type { Tx } from './tx.ts';

/** Rows that went over in a merge: the column, and the key of each row. */
export type Moved = { column: string; keys: string[][] }[];
export type FollowCount = { what: string; count: number };

const nameOf = ({ table, column }: Follower) => `${table}.${column}`;
const only = ({ only: condition }: Follower, alias: string) =>
  condition ? ` and ${alias}.${condition}` : '';

type Move = {
  follower: Follower;
  there: Statement<{ key: string[] }>;
  back: Statement<{ one: number }>;
  count: Statement<{ count: number }> | null;
};

const MOVES: readonly Move[] = FOLLOWERS.map((follower) => ({
  follower,
  there: statement<{ key: string[] }>(
    `follow_${follower.of}_${follower.table}_${follower.column}`,
    thereSql(follower),
  ),
  back: statement<{ one: number }>(
    `unfollow_${follower.of}_${follower.table}_${follower.column}`,
    backSql(follower),
  ),
  count:
    follower.called === undefined
      ? null
      : statement<{ count: number }>(
          `count_followers_${follower.of}_${follower.table}`,
          `select count(*)::int as count from ${follower.table} t where t.workspace_id = $1 and t.${follower.column} = $2${only(follower, 't')}`,
        ),
}));

function thereSql(follower: Follower): string {
  const { table, column, key, unlessSame } = follower;
  const keys = Object.keys(key).map((name) => `t.${name}::text`);
  const same = unlessSame?.map((name) => ` and o.${name} = t.${name}`).join('') ?? '';
  const unless =
    unlessSame === undefined
      ? ''
      : ` and not exists (select 1 from ${table} o where o.workspace_id = $1 and o.${column} = $3${only(follower, 'o')}${same})`;
  return `update ${table} t set ${column} = $3 where t.workspace_id = $1 and t.${column} = $2${only(follower, 't')}${unless}
    returning array[${keys.join(', ')}]::text[] as key`;
}

/** What went over and is still there goes back; what came since stays. Keys come as one array per column. */
function backSql(follower: Follower): string {
  const { table, column, key, unlessSame } = follower;
  const names = Object.entries(key);
  const arrays = names.map(([, type], at) => `$${at + 4}::${type}[]`).join(', ');
  const found = names.map(([name]) => `k.${name} = t.${name}`).join(' and ');
  const same = unlessSame?.map((name) => ` and o.${name} = t.${name}`).join('') ?? '';
  const unless =
    unlessSame === undefined
      ? ''
      : ` and not exists (select 1 from ${table} o where o.workspace_id = $1 and o.${column} = $2${only(follower, 'o')}${same})`;
  const from =
    names.length === 0 ? '' : ` from unnest(${arrays}) as k (${names.map(([name]) => name).join(', ')})`;
  return `update ${table} t set ${column} = $2${from} where t.workspace_id = $1 and t.${column} = $3${only(follower, 't')}${found && ` and ${found}`}${unless} returning 1 as one`;
}

/** Whatever points at one record points at the other from now on. */
export async function follow(tx: Tx, of: Subject, fromId: string, intoId: string): Promise<Moved> {
  const moved: Moved = [];
  for (const { follower, there } of MOVES) {
    if (follower.of !== of) continue;
    const rows = await tx.rows(there, fromId, intoId);
    if (rows.length > 0) moved.push({ column: nameOf(follower), keys: rows.map(({ key }) => key) });
  }
  return moved;
}

/** Brings back what went over. */
export async function unfollow(
  tx: Tx,
  of: Subject,
  moved: Moved,
  ids: { fromId: string; intoId: string },
): Promise<void> {
  for (const { column, keys } of moved) {
    const move = MOVES.find(({ follower }) => follower.of === of && nameOf(follower) === column);
    if (!move) continue;
    const columns = Object.keys(move.follower.key).map((_, at) => keys.map((key) => key[at] ?? ''));
    await tx.rows(move.back, ids.fromId, ids.intoId, ...columns);
  }
}

/** How many rows of each kind would go over. */
export async function countFollowers(tx: Tx, of: Subject, id: string): Promise<FollowCount[]> {
  const counts: FollowCount[] = [];
  for (const { follower, count } of MOVES) {
    if (follower.of !== of || count === null || follower.called === undefined) continue;
    const [row] = await tx.rows(count, id);
    if (row && row.count > 0) counts.push({ what: follower.called, count: row.count });
  }
  return counts;
}
