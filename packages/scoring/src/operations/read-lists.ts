import { companyNameKey } from '@penstock/accounts/model/company-name';
import { Instant, pageOf } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { lowestIdAt } from '@penstock/kernel/ids';
import { decodeCursor, encodeCursor, NEWEST, TimePosition } from '@penstock/kernel/page-cursor';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { judgedFits } from '../lists/judged-fits.ts';
import { AccountList, FollowUp } from '../lists/list-contracts.ts';
import * as sql from '../lists/list-views.ts';
import { ListFilterBody } from '../queue-filter.ts';

const WEEK_MS = 7 * 86_400_000;
const BEGINNING = new Date(0);
const END_OF_RANGE = '\uFFFF';
const weekBefore = (now: Date): Date => new Date(now.getTime() - WEEK_MS);

const view = ({ ownerId, ownerName, filter, followUp, ...list }: sql.ListSummary) => ({
  ...list,
  filter: ListFilterBody.parse(filter),
  followUp: FollowUp.parse(followUp),
  owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '' },
});

export const listLists = query({
  name: 'lists.list',
  lane: 'hot',
  permission: 'account.read',
  summary: 'Lists of accounts that refill by themselves, with how many are in each and who moved this week.',
  input: z.object({}),
  output: z.object({ items: z.array(AccountList) }),
  async run({ tx, now }) {
    return { items: (await tx.rows(sql.readLists, lowestIdAt(weekBefore(now)), null)).map(view) };
  },
});

export const getList = query({
  name: 'lists.get',
  lane: 'hot',
  permission: 'account.read',
  summary: 'One list: its filter, what follows when somebody enters, and how full it is.',
  input: z.object({ id: z.uuid() }),
  output: AccountList,
  run: async ({ tx, now }, { id }) => view(await summaryOf(tx, id, now)),
});

async function summaryOf(tx: Tx, id: string, now: Date): Promise<sql.ListSummary> {
  const list = await maybeOne(tx, sql.readLists, lowestIdAt(weekBefore(now)), id);
  if (list) return list;
  throw new DomainError('not_found', 'There is no such list in this workspace. It may have been removed.');
}

export const listMembersOfList = query({
  name: 'lists.members',
  lane: 'hot',
  permission: 'account.read',
  summary: 'Accounts of a list, who entered last first, with why each is in it.',
  input: z.object({
    id: z.uuid(),
    /** Only who entered within the last seven days. */
    lately: z.stringbool().or(z.boolean()).default(false),
    search: z.string().trim().max(120).optional(),
    cursor: z.string().max(200).nullish(),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
  }),
  output: pageOf(
    z.object({
      id: z.string(),
      name: z.string(),
      domain: z.string().nullable(),
      country: z.string().nullable(),
      employeeCount: z.int().nullable(),
      ownerName: z.string().nullable(),
      /** By the profile in force: the score, or what it would be where nobody has scored the account yet. */
      fit: z.number().nullable(),
      fitBecause: z.string(),
      enteredAt: Instant,
      because: z.string(),
    }),
  ),
  async run({ tx, now }, { id, lately, search, cursor, limit }) {
    await summaryOf(tx, id, now);
    const after = cursor ? decodeCursor(TimePosition, cursor) : NEWEST;
    const key = companyNameKey(search ?? '');
    const since = lately ? weekBefore(now) : BEGINNING;
    const rows = await tx.rows(
      sql.readMembers,
      id,
      new Date(after.at),
      after.id,
      since,
      key,
      `${key}${END_OF_RANGE}`,
      limit,
    );
    const fits = await judgedFits(
      tx,
      rows.map(({ accountId }) => accountId),
      now,
    );
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return {
      items: rows.map(({ accountId, ...row }) => {
        const judged = fits.get(accountId);
        return { id: accountId, ...row, fit: judged?.fit ?? null, fitBecause: judged?.because ?? '' };
      }),
      nextCursor: last ? encodeCursor({ at: last.enteredAt.toISOString(), id: last.accountId }) : null,
    };
  },
});

const HIGHEST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export const listChangesOfList = query({
  name: 'lists.changes',
  lane: 'hot',
  permission: 'account.read',
  summary: 'Who entered a list and who left it, when and why, the newest first.',
  input: z.object({
    id: z.uuid(),
    kind: z.enum(['entered', 'left']).optional(),
    cursor: z.guid().nullish(),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
  }),
  output: pageOf(
    z.object({
      id: z.string(),
      accountId: z.string(),
      name: z.string(),
      kind: z.enum(['entered', 'left']),
      because: z.string(),
      at: Instant,
    }),
  ),
  async run({ tx, now }, { id, kind, cursor, limit }) {
    await summaryOf(tx, id, now);
    const items = await tx.rows(sql.readChanges, id, cursor ?? HIGHEST_ID, kind ?? '', limit);
    return { items, nextCursor: items.length === limit ? (items.at(-1)?.id ?? null) : null };
  },
});

export const listTargetFiles = query({
  name: 'lists.files',
  lane: 'hot',
  permission: 'account.read',
  summary: 'Files of target accounts, newest first, with how their rows were taken and their headers read.',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        /** Accounts that it names. */
        accounts: z.int(),
        known: z.int(),
        /** Not known before: proposed as accounts. */
        proposed: z.int(),
        /** May be one of several accounts: a person decides. */
        ambiguous: z.int(),
        repeated: z.int(),
        refused: z.int(),
        createdAt: Instant,
      }),
    ),
    /** Header, without case and marks, to field: the newest choice of each. */
    remembered: z.record(z.string(), z.string()),
  }),
  async run({ tx }) {
    const files = await tx.rows(sql.readTargetFiles);
    return {
      items: files.map(({ mapping, ...file }) => file),
      remembered: Object.assign({}, ...files.map(({ mapping }) => mapping).toReversed()),
    };
  },
});
