import { readReachablePeople } from '@penstock/accounts/committee-statements';
import { suppressionHash } from '@penstock/accounts/suppression';
import { Done, Instant, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import type { DomainEvent } from '@penstock/store/outbox';
import { maybeOne, type Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { eventsOfRecorded, recordWith, type Known, type RecordedWith } from '../told-mail.ts';
import * as sql from '../unmatched-mail-statements.ts';
import { companyAccount, createPersonOf } from '../unmatched-people.ts';

const Address = z.email().max(320).toLowerCase();
const CHANGED: DomainEvent = { kind: 'mail.changed', payload: { what: 'unmatched' } };

export const listUnmatched = query({
  name: 'activities.unmatched',
  lane: 'hot',
  permission: 'activity.write',
  summary:
    'Mails with people whom nobody knows, by address, and what was decided on them lately; subjects are not told.',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        address: z.string(),
        name: z.string(),
        state: z.enum(['open', 'matched', 'ignored']),
        count: z.int(),
        /** Of them got; the others were sent. */
        received: z.int(),
        lastAt: Instant,
        members: z.array(z.string()),
        /** The person to whom such a mail was an answer. */
        suggested: z.string().nullable(),
        person: z.string().nullable(),
        personAccountId: z.string().nullable(),
        decidedAt: Instant.nullable(),
        decidedBy: z.string().nullable(),
        domainIgnored: z.boolean(),
      }),
    ),
  }),
  run: async ({ tx, actor }) => ({ items: await tx.rows(sql.readUnmatched, actor.visibleOwnerIds) }),
});

/** Who at the company of an address it may be. */
export const readCandidates = query({
  name: 'activities.unmatchedCandidates',
  lane: 'hot',
  permission: 'activity.write',
  summary: 'The account that an unmatched address speaks for, and the people known there.',
  /** `accountId`: another account than that of the domain. */
  input: z.object({ address: Address, accountId: z.uuid().nullish() }),
  output: z.object({
    account: z.object({ id: z.string(), name: z.string() }).nullable(),
    people: z.array(
      z.object({
        personId: z.string(),
        name: z.string(),
        title: z.string().nullable(),
        email: z.string().nullable(),
      }),
    ),
  }),
  async run({ tx, actor }, { address, accountId }) {
    const account = accountId
      ? await maybeOne(tx, sql.readStandingAccount, accountId)
      : await companyAccount(tx, address);
    const people = account ? await tx.rows(readReachablePeople, account.id, actor.visibleOwnerIds) : [];
    return {
      account,
      people: people.map(({ personId, name, title, email }) => ({ personId, name, title, email })),
    };
  },
});

export const matchMail = command({
  name: 'activities.matchMail',
  lane: 'hot',
  permission: 'activity.write',
  summary:
    'Say whose an unmatched address is: its mails are recorded with the person, and later ones by themselves.',
  input: z.object({ address: Address, personId: z.uuid() }),
  output: Done,
  async run({ tx, actor, now }, { address, personId }) {
    const person = await maybeOne(tx, sql.readKnownPerson, personId);
    if (!person)
      throw new DomainError(
        'not_found',
        'personId: there is no such person with an account. Choose somebody else, or create the person.',
      );
    return match(tx, actor, { address, person }, now);
  },
});

export const createFromMail = command({
  name: 'activities.createFromMail',
  lane: 'hot',
  permission: 'activity.write',
  summary:
    'Make a person of an unmatched address, at the account of its domain or at another, and record the mails with them.',
  input: z.object({
    address: Address,
    givenName: plainText(100),
    familyName: plainText(100),
    accountId: z.uuid().nullish(),
  }),
  output: Done,
  async run({ tx, actor, now }, { address, accountId, ...names }) {
    const person = await createPersonOf(tx, { address, accountId: accountId ?? null, ...names }, now);
    return match(tx, actor, { address, person }, now);
  },
});

async function match(
  tx: Tx,
  actor: Actor,
  { address, person }: { address: string; person: Known },
  now: Date,
) {
  const mails = await waitingOf(tx, actor, address, ['open']);
  const recorded: RecordedWith[] = [];
  for (const mail of mails) {
    const kept = await recordWith(tx, { ...mail, ...person, owners: actor.visibleOwnerIds, now });
    if (kept) recorded.push(kept);
  }
  await tx.rows(sql.addAlias, address, person.personId, now);
  await tx.rows(sql.decideUnmatched, idsOf(mails), 'matched', person.personId, actor.id, now);
  return changed('mail.matched', person.personId, eventsOfRecorded(recorded));
}

export const ignoreUnmatched = command({
  name: 'activities.ignoreMail',
  lane: 'hot',
  permission: 'activity.write',
  summary: 'Keep nothing of mails with an address, or with anybody of its domain, from now on.',
  input: z.object({ address: Address, domain: z.boolean().default(false) }),
  output: Done,
  async run({ tx, actor, now }, { address, domain }) {
    const host = address.split('@')[1] ?? '';
    const addresses = domain
      ? (await tx.rows(sql.addressesOfDomain, host, 'open')).map((row) => row.address)
      : [address];
    for (const one of addresses) {
      const mails = await tx.rows(sql.lockUnmatched, one, ['open'], domain ? null : actor.visibleOwnerIds);
      await tx.rows(sql.decideUnmatched, idsOf(mails), 'ignored', null, actor.id, now);
    }
    const value = domain ? host : suppressionHash(tx.workspaceId, address);
    await tx.rows(sql.ignoreMail, domain ? 'domain' : 'address', value, actor.id, now);
    return changed('mail.ignored', domain ? 'domain' : 'address');
  },
});

/** What was matched or ignored waits again; a person who was made for it stays. */
export const undoUnmatched = command({
  name: 'activities.undoMail',
  lane: 'hot',
  permission: 'activity.write',
  summary: 'Take back what was decided on the mails of an address: they wait again.',
  input: z.object({ address: Address }),
  output: Done,
  async run({ tx, actor }, { address }) {
    const mails = await waitingOf(tx, actor, address, ['matched', 'ignored']);
    const matched = mails.filter(({ personId }) => personId !== null);
    const people = [...new Set(matched.flatMap(({ personId }) => personId ?? []))];
    const dropped = await tx.rows(
      sql.dropToldMails,
      matched.map(({ messageId }) => messageId),
      people,
    );
    await tx.rows(sql.dropAlias, address);
    const host = address.split('@')[1] ?? '';
    const again = await tx.rows(sql.noticeMail, suppressionHash(tx.workspaceId, address), host);
    const whole = again.some(({ kind }) => kind === 'domain');
    const others = whole
      ? (await tx.rows(sql.addressesOfDomain, host, 'ignored')).map((row) => row.address)
      : [];
    for (const other of others) mails.push(...(await tx.rows(sql.lockUnmatched, other, ['ignored'], null)));
    await tx.rows(sql.decideUnmatched, idsOf(mails), 'open', null, null, null);
    return changed('mail.undecided', people[0] ?? '', eventsOfRecorded(dropped));
  },
});

const idsOf = (mails: readonly { id: string }[]): string[] => mails.map(({ id }) => id);

/** @throws DomainError `not_found` if there is none that the caller sees */
async function waitingOf(tx: Tx, actor: Actor, address: string, states: string[]): Promise<sql.KeptMail[]> {
  const mails = await tx.rows(sql.lockUnmatched, address, states, actor.visibleOwnerIds);
  if (mails.length > 0) return mails;
  throw new DomainError(
    'not_found',
    'address: no such mail is kept. It was decided on, or forgotten after 30 days; load the list again.',
  );
}

const changed = (action: string, subjectId: string, events: readonly DomainEvent[] = []) => ({
  output: { id: subjectId },
  audit: { action, subjectKind: 'person', subjectId },
  events: [CHANGED, ...events],
});
