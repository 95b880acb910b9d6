import { emailKey } from '@penstock/accounts/model/email-address';
import { InstantInput, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { refreshStandings } from '@penstock/scoring/standing';
import type { DomainEvent } from '@penstock/store/outbox';
import { maybeOne, type Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { recordHumanTouch } from '../first-touch.ts';
import { dealOfTouch } from '../model/deal-of-touch.ts';
import { sidesOfMail, type MailSides } from '../model/mail-sides.ts';
import { readOpenDeals } from '../open-deals.ts';
import * as sql from '../told-mail-statements.ts';

const Address = z.email().max(320);

/** A mail between a member and people of accounts, told by a mail server or program: who, when and about what; its text is not kept. */
export const recordMail = command({
  name: 'activities.recordMail',
  lane: 'hot',
  permission: 'activity.write',
  summary:
    'Record a mail that a member sent or got, by its Message-ID and addresses, once with each person known.',
  input: z.object({
    messageId: z
      .string()
      .max(998)
      .regex(/^<[^\s<>]+>$/, 'The Message-ID as in its header, such as <a1@mail.example>.'),
    from: Address,
    /** To, Cc and Bcc. */
    to: z.array(Address).min(1).max(100),
    subject: plainText(300),
    sentAt: InstantInput,
  }),
  output: z.object({
    id: z.string(),
    recorded: z.array(z.object({ personId: z.string(), dealId: z.string().nullable() })),
    /** Recorded with them before. */
    repeated: z.array(z.string()),
    unknown: z.array(z.object({ address: z.string(), because: z.enum(['nobody', 'several']) })),
  }),
  async run({ tx, actor, now }, input) {
    if (input.sentAt > now)
      throw new DomainError('invalid', 'sentAt: lies in the future. Send the Date of the mail.');
    const sides = await sidesFor(tx, actor, input);
    const { people, unknown } = await peopleOf(tx, sides.others);
    const recorded: { personId: string; dealId: string | null }[] = [];
    const repeated: string[] = [];
    for (const person of people) {
      const kept = await recordWith(tx, {
        ...input,
        ...person,
        ...sides,
        owners: actor.visibleOwnerIds,
        now,
      });
      if (kept) recorded.push({ personId: person.personId, dealId: kept.dealId });
      else repeated.push(person.personId);
    }
    return {
      output: { id: input.messageId, recorded, repeated, unknown },
      audit: {
        action: 'activity.mail_recorded',
        subjectKind: 'person',
        subjectId: people[0]?.personId ?? '',
        detail: { recorded: recorded.length, repeated: repeated.length, unknown: unknown.length },
      },
      events: eventsOf(people, recorded),
    };
  },
});

type Input = { messageId: string; from: string; to: string[]; subject: string; sentAt: Date };
type Known = { personId: string; accountId: string };

/** @throws DomainError `invalid` if no member, or for a member not they themselves, took part */
async function sidesFor(tx: Tx, actor: Actor, input: Input): Promise<MailSides> {
  const mail = { from: input.from.toLowerCase(), to: input.to.map((address) => address.toLowerCase()) };
  const members = await tx.rows(sql.membersByAddress, [mail.from, ...mail.to]);
  const sides = sidesOfMail(mail, members, actor.kind === 'member' ? actor.id : null);
  if (sides) return sides;
  throw new DomainError(
    'invalid',
    actor.kind === 'member'
      ? 'from: this is no mail between you and somebody else. Send one that you wrote or got.'
      : 'from: neither the sender nor a recipient is an active member, or nobody else took part. Send a mail between a member and a contact.',
  );
}

/**
 * The people whom the addresses name, each once, and the addresses that name nobody or several.
 * @throws DomainError `not_found` if all are such: nothing is recorded then
 */
async function peopleOf(tx: Tx, addresses: readonly string[]) {
  const found = await tx.rows(sql.peopleByAddress, addresses.map(emailKey), addresses);
  const people = new Map<string, Known>();
  const unknown: { address: string; because: 'nobody' | 'several' }[] = [];
  for (const address of addresses) {
    const [person, other] = found.filter(
      ({ known }) => known.includes(address) || known.includes(emailKey(address)),
    );
    if (person && !other) people.set(person.personId, person);
    else unknown.push({ address, because: person ? 'several' : 'nobody' });
  }
  if (people.size === 0)
    throw new DomainError(
      'not_found',
      `to: nobody, or more than one person, is known by ${addresses.join(', ')}. Add or correct the person on the account’s page and send the mail again; nothing was recorded.`,
    );
  return { people: [...people.values()], unknown };
}

type Told = Input & Known & MailSides & { owners: readonly string[] | null; now: Date };

/** Undefined if it was recorded with them before. */
async function recordWith(tx: Tx, told: Told): Promise<{ dealId: string | null } | undefined> {
  const { personId, accountId, memberId, direction, sentAt, now } = told;
  const dealId = dealOfTouch(await tx.rows(readOpenDeals, accountId, told.owners), {
    personId,
    leadId: null,
  });
  const kept = await maybeOne(
    tx,
    sql.insertToldMail,
    newId(now),
    accountId,
    personId,
    dealId,
    memberId,
    direction,
    told.subject,
    sentAt,
    now,
    told.messageId,
  );
  if (!kept) return undefined;
  if (direction === 'out')
    await recordHumanTouch(tx, { leadId: null, personId, kind: 'mail', selfReported: true }, sentAt);
  await refreshStandings(tx, [accountId], now);
  return { dealId };
}

const eventsOf = (
  people: readonly Known[],
  recorded: readonly { personId: string; dealId: string | null }[],
): DomainEvent[] =>
  recorded.flatMap(({ personId, dealId }) => [
    ...people
      .filter((person) => person.personId === personId)
      .map(({ accountId }) => ({
        kind: 'account.changed' as const,
        payload: { accountId, what: 'activity' },
      })),
    ...(dealId ? [{ kind: 'deal.changed' as const, payload: { dealId, what: 'activity' } }] : []),
  ]);
