import { DomainError } from '@penstock/kernel/domain-error';
import { pageOf } from '@penstock/kernel/contract';
import { decodeCursor, encodeCursor, NEWEST, TimePosition } from '@penstock/kernel/page-cursor';
import { maybeOne } from '@penstock/store/tx';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import {
  readAccount,
  readAccounts,
  readExternalIds,
  readPeople,
  readTimeline,
  readTraits,
  readValues,
} from '../account-statements.ts';
import { valuesOf, viewAccount, viewPerson } from '../account-view.ts';
import { AccountDetail, AccountRow, AccountState, Timeline } from '../contracts.ts';
import { companyNameKey } from '../model/company-name.ts';

const TIMELINE_PAGE = 50;

export const listAccounts = query({
  name: 'accounts.list',
  lane: 'hot',
  permission: 'account.read',
  summary: 'Accounts, last changed first; search by the beginning of a name or by domain.',
  input: z.object({
    search: z.string().trim().max(120).optional(),
    state: AccountState.optional(),
    cursor: z.string().max(200).nullish(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: pageOf(AccountRow),
  async run({ tx }, input) {
    const after = input.cursor ? decodeCursor(TimePosition, input.cursor) : NEWEST;
    const search = input.search ?? '';
    const key = companyNameKey(search);
    const states = input.state ? [input.state] : ['active', 'proposed'];
    const rows = await tx.rows(
      readAccounts,
      states,
      key,
      `${key}\uFFFF`,
      search.toLowerCase(),
      new Date(after.at),
      after.id,
      input.limit,
    );
    const last = rows.length === input.limit ? rows.at(-1) : undefined;
    return {
      items: rows.map(viewAccount),
      nextCursor: last ? encodeCursor({ at: last.updatedAt.toISOString(), id: last.id }) : null,
    };
  },
});

export const getAccount = query({
  name: 'accounts.get',
  lane: 'hot',
  permission: 'account.read',
  summary: 'An account with its facts, their sources, and its people.',
  input: z.object({ id: z.uuid() }),
  output: AccountDetail,
  async run({ tx }, input) {
    const account = await maybeOne(tx, readAccount, input.id);
    if (!account) throw new DomainError('not_found', 'There is no such account in this workspace.');
    const people = await tx.rows(readPeople, account.id);
    const values = await tx.rows(readValues, [account.id, ...people.map((person) => person.id)]);
    return {
      ...viewAccount(account),
      region: account.region,
      city: account.city,
      annualRevenueUsd: account.annualRevenueUsd,
      origin: account.origin,
      externalIds: await tx.rows(readExternalIds, account.id),
      values: valuesOf(account.id, values),
      people: people.map((person) => viewPerson(person, values)),
      traits: await tx.rows(readTraits, account.id),
    };
  },
});

export const accountTimeline = query({
  name: 'accounts.timeline',
  lane: 'hot',
  permission: 'account.read',
  summary: 'Signals, touches, changes and costs of an account, newest first.',
  input: z.object({ id: z.uuid(), cursor: z.string().max(200).nullish() }),
  output: Timeline,
  async run({ tx, actor }, input) {
    const before = input.cursor ? decodeCursor(TimePosition, input.cursor) : NEWEST;
    const rows = await tx.rows(
      readTimeline,
      input.id,
      new Date(before.at),
      before.id,
      actor.visibleOwnerIds,
      TIMELINE_PAGE,
    );
    const last = rows.length === TIMELINE_PAGE ? rows.at(-1) : undefined;
    return {
      items: rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        title: row.title,
        detail: row.detail,
        occurredAt: row.occurredAt,
        evidence:
          row.evidenceUrl === null || row.evidenceFetchedAt === null
            ? null
            : {
                url: row.evidenceUrl,
                quote: row.evidenceQuote ?? '',
                contentHash: row.evidenceHash ?? '',
                fetchedAt: row.evidenceFetchedAt,
              },
        link: row.linkPage === null || row.linkId === null ? null : { page: row.linkPage, id: row.linkId },
      })),
      nextCursor: last ? encodeCursor({ at: last.occurredAt.toISOString(), id: last.id }) : null,
    };
  },
});
