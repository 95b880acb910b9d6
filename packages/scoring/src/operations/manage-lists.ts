import { insertCampaign, setLimit } from '@penstock/enrichment/budget-statements';
import { Done } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import type { DomainEvent } from '@penstock/store/outbox';
import { maybeOne, one, type Tx } from '@penstock/store/tx';
import { actorMay, type Actor } from '@penstock/workspace/model/actor';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { ListBody, type FollowUp } from '../lists/list-contracts.ts';
import { insertListCursor, readFileNames } from '../lists/list-statements.ts';
import * as sql from '../lists/list-views.ts';
import { problemOfFilter, type ListFilter } from '../model/list-filter.ts';

const MOST_LISTS = 200;

const changed = (listId: string): DomainEvent[] => [
  { kind: 'list.changed', payload: { listId, entered: 0, left: 0 } },
  // Its queue comes and goes with it.
  { kind: 'settings.changed', payload: { what: 'lists' } },
];

const invalid = (field: string, problem: string, remedy: string) =>
  new DomainError('invalid', `${field}: ${problem}.`, { issues: [{ field, problem, remedy }] });

/** @throws DomainError `invalid` naming what can't be asked */
export async function assertFilter(tx: Tx, filter: ListFilter): Promise<void> {
  const found = problemOfFilter(filter);
  if (found) throw invalid(found.field, found.problem, found.remedy);
  if (filter.files.length === 0) return;
  const known = new Set((await tx.rows(readFileNames)).map(({ id }) => id));
  if (filter.files.some((id) => !known.has(id)))
    throw invalid(
      'filter.files',
      'names a file of target accounts that is not there',
      'Choose one of the files, or bring it in first.',
    );
}

async function ownerOf(tx: Tx, asked: string | null | undefined, actor: Actor): Promise<string | null> {
  if (asked === undefined) return actor.kind === 'member' ? actor.id : null;
  if (asked === null) return null;
  if (await maybeOne(tx, sql.findMembers, [asked])) return asked;
  throw invalid('ownerId', 'is no active member', 'Choose somebody of the workspace.');
}

export const saveList = command({
  name: 'lists.save',
  lane: 'hot',
  permission: 'icp.edit',
  summary:
    'Make a list of accounts that refills by itself, or change one (id). Accounts enter and leave as soon as they meet its filter or do not any more.',
  input: ListBody.extend({ id: z.uuid().nullish() }),
  output: Done,
  async run({ tx, actor, now }, { id, name, about, ownerId, filter, followUp }) {
    await assertFilter(tx, filter);
    assertFollowUp(followUp, actor);
    const before = id ? await lockedList(tx, id) : null;
    const listId = id ?? newId(now);
    const other = await maybeOne(tx, sql.listOfName, name);
    if (other && other.id !== listId)
      throw invalid('name', 'is taken by another list', 'Choose another name.');
    const owner = await ownerOf(tx, ownerId, actor);
    const body = JSON.stringify(filter);
    const follows = JSON.stringify(followUp);
    if (before) {
      const asksOtherwise = JSON.stringify(sorted(before.filter)) !== JSON.stringify(sorted(filter));
      await tx.rows(sql.updateList, listId, name, about, owner, body, follows, asksOtherwise, now);
    } else {
      if ((await one(tx, sql.countLists)).count >= MOST_LISTS)
        throw new DomainError(
          'conflict',
          `A workspace has at most ${MOST_LISTS} lists. Remove one that nobody needs any more.`,
        );
      await tx.rows(insertListCursor);
      await tx.rows(sql.insertList, listId, name, about, owner, body, follows, actor.id, now);
    }
    if (spends(followUp)) await keepCampaign(tx, { listId, name, actorId: actor.id, followUp }, now);
    return {
      output: { id: listId },
      audit: {
        action: before ? 'account_list.changed' : 'account_list.made',
        subjectKind: 'account_list',
        subjectId: listId,
        detail: { name },
      },
      events: changed(listId),
    };
  },
});

const spends = ({ people, enrich }: FollowUp): boolean => people !== null || enrich;

/** @throws DomainError `invalid` without an amount, `forbidden` for who may not spend */
function assertFollowUp(followUp: FollowUp, actor: Actor): void {
  if (!spends(followUp)) return;
  if (followUp.budgetMicros === null)
    throw invalid(
      'followUp.budgetMicros',
      'is missing: searching and enriching cost money',
      'Say what all of it may cost.',
    );
  if (!actorMay(actor, 'enrichment.run'))
    throw new DomainError('forbidden', 'Spending money for a list needs the permission "enrichment.run".');
}

/** The campaign that pays for what a list does: made once, its limit as the list says. */
async function keepCampaign(
  tx: Tx,
  list: { listId: string; name: string; actorId: string; followUp: FollowUp },
  now: Date,
): Promise<void> {
  const { listId, name, actorId, followUp } = list;
  const known = await one(tx, sql.readCampaignOfList, listId);
  const campaignId = known.campaignId ?? newId(now);
  if (known.campaignId === null) {
    const called = `List “${name}”`;
    const made = await tx.rows(insertCampaign, campaignId, called, null, actorId, now);
    // Another campaign has its name.
    if (made.length === 0)
      await tx.rows(insertCampaign, campaignId, `${called} ${campaignId.slice(-6)}`, null, actorId, now);
    await tx.rows(sql.noteCampaign, listId, campaignId);
  }
  await tx.rows(setLimit, newId(now), 'campaign', campaignId, followUp.budgetMicros ?? 0);
}

/** As it is compared: the order of keys says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

async function lockedList(tx: Tx, id: string) {
  const list = await maybeOne(tx, sql.lockList, id);
  if (list) return list;
  throw new DomainError('not_found', 'There is no such list in this workspace. It may have been removed.');
}

export const controlList = command({
  name: 'lists.control',
  lane: 'hot',
  permission: 'icp.edit',
  summary:
    'Pause a list (nobody enters or leaves), resume it (everybody is looked at again), or remove it with its history. What it alone brought into the queue, and nobody has taken up, leaves with it.',
  input: z.strictObject({ id: z.uuid(), action: z.enum(['pause', 'resume', 'remove']) }),
  output: Done,
  async run({ tx, now }, { id, action }) {
    const list = await lockedList(tx, id);
    const wanted = { pause: 'active', resume: 'paused', remove: null }[action];
    if (wanted !== null && list.state !== wanted)
      throw new DomainError('conflict', `“${list.name}” is ${list.state} already.`);
    const events = changed(id);
    if (action === 'pause') await tx.rows(sql.pauseList, id, now);
    if (action === 'resume') await tx.rows(sql.resumeList, id, now);
    if (action === 'remove') {
      for (const item of await tx.rows(sql.closeItemsOfList, id, now))
        events.push({
          kind: 'queue.item.changed',
          payload: { itemId: item.id, accountId: item.accountId },
        });
      await tx.rows(sql.deleteList, id);
    }
    return {
      output: { id },
      audit: {
        action: `account_list.${{ pause: 'paused', resume: 'resumed', remove: 'removed' }[action]}`,
        subjectKind: 'account_list',
        subjectId: id,
        detail: { name: list.name },
      },
      events,
    };
  },
});
