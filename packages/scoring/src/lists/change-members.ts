import { newId } from '@penstock/kernel/ids';
import { emitEvents } from '@penstock/store/outbox';
import type { Tx } from '@penstock/store/tx';

import { testsOf, verdictOf, type ListFilter } from '../model/list-filter.ts';
import { ListFilterBody } from '../queue-filter.ts';
import { scoresNow } from '../rescore.ts';
import { candidatesOf, type Against, type Candidate } from './judge-accounts.ts';
import { FollowUp } from './list-contracts.ts';
import * as sql from './list-statements.ts';

export type ActiveList = { id: string; name: string; filter: ListFilter; followUp: FollowUp };
type Move = { list: ActiveList; account: Candidate; kind: 'entered' | 'left'; because: string };

export const activeList = ({ id, name, filter, followUp }: sql.ListRow): ActiveList => ({
  id,
  name,
  filter: ListFilterBody.parse(filter),
  followUp: FollowUp.parse(followUp),
});

/**
 * Holds accounts against lists and lets them enter and leave, with the reason. A few statements however many accounts and lists. The lists
 * are locked by the caller.
 */
export async function changeMembers(
  tx: Tx,
  against: Against,
  lists: readonly ActiveList[],
  accountIds: readonly string[],
  now: Date,
): Promise<{ entered: number; left: number }> {
  const criteria = lists.flatMap(({ filter }) => filter.criteria);
  const accounts = await candidatesOf(tx, against, criteria, accountIds, now);
  const moves = accounts.flatMap((account) =>
    lists.flatMap((list) => moveOf(list, account, against, now) ?? []),
  );
  if (moves.length === 0) return { entered: 0, left: 0 };
  const entering = moves.filter(({ kind }) => kind === 'entered');
  const leaving = moves.filter(({ kind }) => kind === 'left');
  if (entering.length > 0)
    await tx.rows(
      sql.insertListMembers,
      ...pairs(entering),
      entering.map(({ because }) => because),
      now,
    );
  if (leaving.length > 0) await tx.rows(sql.deleteListMembers, ...pairs(leaving));
  await tx.rows(
    sql.insertListChanges,
    moves.map(() => newId(now)),
    ...pairs(moves),
    moves.map(({ kind }) => kind),
    moves.map(({ because }) => because),
    now,
  );
  await tellOfMoves(tx, moves, now);
  await leaveQueue(tx, leaving, now);
  await enterQueue(tx, entering, now);
  return { entered: entering.length, left: leaving.length };
}

function moveOf(list: ActiveList, account: Candidate, against: Against, now: Date): Move | null {
  const isMember = account.lists.includes(list.id);
  const { belongs, because } = verdictOf(account, testsOf(list.filter, account, now, against));
  if (belongs === isMember) return null;
  return { list, account, kind: belongs ? 'entered' : 'left', because };
}

const pairs = (moves: readonly Move[]) =>
  [moves.map(({ list }) => list.id), moves.map(({ account }) => account.id)] as const;

async function tellOfMoves(tx: Tx, moves: readonly Move[], now: Date): Promise<void> {
  const byList = Map.groupBy(moves, ({ list }) => list.id);
  const count = (of: readonly Move[], kind: Move['kind']) => of.filter((move) => move.kind === kind).length;
  const counts = [...byList].map(([listId, of]) => ({
    listId,
    entered: count(of, 'entered'),
    left: count(of, 'left'),
  }));
  await tx.rows(
    sql.countListMembers,
    counts.map(({ listId }) => listId),
    counts.map(({ entered, left }) => entered - left),
  );
  await emitEvents(
    tx,
    now,
    counts.map((payload) => ({ kind: 'list.changed' as const, payload })),
  );
}

/** Of lists whose members are worked from a queue: whoever has no open item gets one. */
async function enterQueue(tx: Tx, entering: readonly Move[], now: Date): Promise<void> {
  const worked = entering.filter(({ list }) => list.followUp.queue !== null);
  // An account that enters two lists at once has one item.
  const first = new Map(worked.map((move) => [move.account.id, move] as const).toReversed());
  if (first.size === 0) return;
  const scores = await scoresNow(tx, [...first.keys()], now);
  const items = scores.flatMap(({ account, priority }) => {
    const move = first.get(account.accountId);
    return move ? [{ account, priority, move }] : [];
  });
  const entered = await tx.rows(
    sql.enterQueueForList,
    items.map(() => newId(now)),
    items.map(({ account }) => account.accountId),
    items.map(({ account }) => account.ownerId),
    items.map(({ move }) => `Entered the list “${move.list.name}”: ${move.because}`),
    items.map(({ priority }) => priority),
    items.map(({ move }) => move.list.id),
    now,
  );
  await emitEvents(
    tx,
    now,
    entered.map(({ id, accountId }) => ({
      kind: 'queue.item.entered' as const,
      payload: { itemId: id, accountId },
    })),
  );
}

async function leaveQueue(tx: Tx, leaving: readonly Move[], now: Date): Promise<void> {
  if (leaving.length === 0) return;
  const left = await tx.rows(sql.leaveQueueOfList, ...pairs(leaving), now);
  await emitEvents(
    tx,
    now,
    left.map(({ id, accountId }) => ({
      kind: 'queue.item.changed' as const,
      payload: { itemId: id, accountId },
    })),
  );
}
