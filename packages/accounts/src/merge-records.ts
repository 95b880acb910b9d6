import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { follow } from '@penstock/store/follow';
import type { Subject } from '@penstock/store/followers';
import { maybeOne, type Tx } from '@penstock/store/tx';

import { passPairsOn } from './duplicate-statements.ts';
import { renameItems } from './item-names.ts';
import type { MergePort } from './merge-port.ts';
import type { Before } from './merge-journal.ts';
import * as sql from './merge-statements.ts';
import { chooseFields, survivingFields, type FieldValue, type MergeRecord } from './model/merge-fields.ts';
import { suppressAllOf } from './suppression.ts';

export type MergeOrder = { kind: Subject; keepId: string; otherId: string; take: readonly string[] };
type Made = Pick<Before, 'suppressed' | 'closed' | 'spentMicros'>;

/**
 * Makes one record of two: whatever points at the other points at the one that is kept, which fills its gaps from the other. Nothing is
 * deleted; what undoing needs is written down beside it.
 * @throws DomainError `not_found`, `conflict` if one of them is merged already or two people work on them
 */
export async function mergeRecords(
  tx: Tx,
  port: MergePort,
  order: MergeOrder,
  who: { memberId: string; now: Date },
): Promise<string> {
  const { kind, keepId, otherId } = order;
  if (kind === 'account') await port.lockAccounts(tx, [keepId, otherId].toSorted());
  const { kept, other } = pairOf(await tx.rows(sql.LOCK[kind], [keepId, otherId].toSorted()), order);
  const set = survivingFields(chooseFields(kept.fields, other.fields, new Set(order.take)));
  const made =
    kind === 'person' ? await beforePeople(tx, order, who.now) : await beforeAccounts(tx, order, who.now);
  const moved = await follow(tx, kind, otherId, keepId);
  if (kind === 'person') await giveAddress(tx, { keepId, otherId }, kept.fields, other.fields, set);
  await tx.rows(sql.WRITE[kind], keepId, JSON.stringify(set), who.now);
  await tx.rows(sql.MARK[kind], otherId, keepId, who.now);
  const id = newId(who.now);
  const before: Before = { kept: kept.fields, other: other.fields, set, ...made };
  await tx.rows(
    sql.insertMerge,
    id,
    kind,
    keepId,
    otherId,
    JSON.stringify(before),
    JSON.stringify(moved),
    who.memberId,
    who.now,
  );
  await tx.rows(passPairsOn, kind, otherId, keepId);
  await afterwards(
    tx,
    port,
    { kind, ids: [keepId, otherId], records: [kept.fields, other.fields, set] },
    who.now,
  );
  // Budgets last, as everywhere.
  if (kind === 'person') await addSpent(tx, id, order, before);
  return id;
}

/** The two, both there and each by itself. */
export function pairOf(rows: readonly sql.Mergeable[], { kind, keepId, otherId }: Omit<MergeOrder, 'take'>) {
  const [kept, other] = [keepId, otherId].map((id) => rows.find((row) => row.id === id));
  const what = kind === 'person' ? 'person' : 'account';
  if (keepId === otherId)
    throw new DomainError('invalid', 'otherId: is the same record. Choose another one.');
  if (!kept || !other) throw new DomainError('not_found', `There is no such ${what} in this workspace.`);
  const gone = [kept, other].find((one) => one.gone !== null);
  if (gone?.gone === 'merged')
    throw new DomainError(
      'conflict',
      `${gone.name} was merged with another ${what} already. Load the list again.`,
    );
  if (gone)
    throw new DomainError(
      'conflict',
      `${gone.name} is ${gone.gone === 'test' ? 'a test' : 'erased'} and can’t be merged.`,
    );
  return { kept, other };
}

/** Nobody may look either up, or write to them, if that holds for one of them. */
async function beforePeople(tx: Tx, { keepId, otherId }: MergeOrder, now: Date): Promise<Made> {
  const addresses = (await tx.rows(sql.addressesOf, [keepId, otherId])).map(({ address }) => address);
  return { suppressed: await suppressAllOf(tx, addresses, now), closed: null, spentMicros: 0 };
}

/** One item for signals remains, with whoever works on it. */
async function beforeAccounts(tx: Tx, { keepId, otherId }: MergeOrder, now: Date): Promise<Made> {
  const items = await tx.rows(sql.liveItems, [keepId, otherId]);
  const [ofKept, ofOther] = [keepId, otherId].map((id) => items.find(({ accountId }) => accountId === id));
  const nothing = { suppressed: [], closed: null, spentMicros: 0 };
  if (!ofKept || !ofOther) return nothing;
  if (ofKept.claimedBy !== null && ofOther.claimedBy !== null && ofKept.claimedBy !== ofOther.claimedBy)
    throw new DomainError(
      'conflict',
      `${ofKept.claimedByName ?? 'One'} and ${ofOther.claimedByName ?? 'another'} work on one of these accounts each. One of them has to give it back first.`,
    );
  const closed = ofKept.claimedBy === null && ofOther.claimedBy !== null ? ofKept : ofOther;
  await tx.rows(sql.closeItem, closed.id, now);
  return { ...nothing, closed: { id: closed.id, state: closed.state } };
}

/** Both addresses go on leading to the person: the one that is not shown stays with the record that is no more. */
async function giveAddress(
  tx: Tx,
  { keepId, otherId }: Pick<MergeOrder, 'keepId' | 'otherId'>,
  kept: MergeRecord,
  other: MergeRecord,
  set: Readonly<Record<string, FieldValue>>,
): Promise<void> {
  if (set['emailKey'] === kept['emailKey']) return;
  await tx.rows(sql.writeAddress, otherId, null);
  await tx.rows(sql.writeAddress, keepId, other['emailKey'] ?? null);
  await tx.rows(sql.writeAddress, otherId, kept['emailKey'] ?? null);
}

export async function afterwards(
  tx: Tx,
  port: MergePort,
  touched: { kind: Subject; ids: readonly string[]; records: readonly MergeRecord[] },
  now: Date,
): Promise<void> {
  const ids = touched.ids.toSorted();
  if (touched.kind === 'account') {
    await tx.rows(renameItems, ids);
    return port.onAccounts(tx, ids, now);
  }
  await port.onPeople(tx, ids, now);
  const accounts = touched.records
    .map((record) => record['accountId'])
    .filter((id) => typeof id === 'string');
  await port.onAccountPeople(tx, [...new Set(accounts)].toSorted(), now);
}

async function addSpent(tx: Tx, id: string, { keepId, otherId }: MergeOrder, before: Before): Promise<void> {
  const added = await maybeOne(tx, sql.addSpent, keepId, otherId);
  if (added !== null && added.micros > 0)
    await tx.rows(sql.noteBefore, id, JSON.stringify({ ...before, spentMicros: added.micros }));
}
