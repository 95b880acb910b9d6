import { emailKey } from '@penstock/accounts/model/email-address';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { refreshStandings } from '@penstock/scoring/standing';
import type { DomainEvent } from '@penstock/store/outbox';
import { maybeOne, type Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';

import { recordHumanTouch } from './first-touch.ts';
import { dealOfTouch } from './model/deal-of-touch.ts';
import { sidesOfMail, type MailSides } from './model/mail-sides.ts';
import { readOpenDeals } from './open-deals.ts';
import * as sql from './told-mail-statements.ts';

export type MailHead = {
  messageId: string;
  from: string;
  to: readonly string[];
  subject: string;
  sentAt: Date;
};
export type Known = { personId: string; accountId: string };
export type Unknown = { address: string; because: 'nobody' | 'several' };
export type RecordedWith = { personId: string; accountId: string; dealId: string | null };

/** @throws DomainError `invalid` if no member, or for a member not they themselves, took part */
export async function sidesFor(tx: Tx, actor: Actor, head: MailHead): Promise<MailSides> {
  const mail = { from: head.from.toLowerCase(), to: head.to.map((address) => address.toLowerCase()) };
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

/** The people whom the addresses name, each once, and the addresses that name nobody or several. */
export async function knownBy(
  tx: Tx,
  addresses: readonly string[],
): Promise<{ people: Known[]; unknown: Unknown[] }> {
  const found = await tx.rows(sql.peopleByAddress, addresses.map(emailKey), addresses);
  const people = new Map<string, Known>();
  const unknown: Unknown[] = [];
  for (const address of addresses) {
    const [person, other] = found.filter(
      ({ known }) => known.includes(address) || known.includes(emailKey(address)),
    );
    if (person && !other) people.set(person.personId, person);
    else unknown.push({ address, because: person ? 'several' : 'nobody' });
  }
  return { people: [...people.values()], unknown };
}

type Told = Known &
  Pick<MailSides, 'memberId' | 'direction'> &
  Pick<MailHead, 'messageId' | 'subject' | 'sentAt'> & { owners: readonly string[] | null; now: Date };

/** Null if it was recorded with them before. */
export async function recordWith(tx: Tx, told: Told): Promise<RecordedWith | null> {
  const { personId, accountId, memberId, direction, sentAt, now } = told;
  const dealId = dealOfTouch(await tx.rows(readOpenDeals, accountId, told.owners), {
    personId,
    leadId: null,
  });
  const { subject, messageId } = told;
  const values = [accountId, personId, dealId, memberId, direction, subject, sentAt, now, messageId] as const;
  if (!(await maybeOne(tx, sql.insertToldMail, newId(now), ...values))) return null;
  if (direction === 'out')
    await recordHumanTouch(tx, { leadId: null, personId, kind: 'mail', selfReported: true }, sentAt);
  await refreshStandings(tx, [accountId], now);
  return { personId, accountId, dealId };
}

/** With each of the people once: with whom it is new, and with whom it was recorded before. */
export async function recordWithAll(
  tx: Tx,
  people: readonly Known[],
  told: Omit<Told, keyof Known>,
): Promise<{ recorded: RecordedWith[]; repeated: string[] }> {
  const recorded: RecordedWith[] = [];
  const repeated: string[] = [];
  for (const person of people) {
    const kept = await recordWith(tx, { ...told, ...person });
    if (kept) recorded.push(kept);
    else repeated.push(person.personId);
  }
  return { recorded, repeated };
}

export const eventsOfRecorded = (
  recorded: readonly { accountId: string; dealId: string | null }[],
): DomainEvent[] =>
  recorded.flatMap(({ accountId, dealId }) => [
    { kind: 'account.changed' as const, payload: { accountId, what: 'activity' } },
    ...(dealId ? [{ kind: 'deal.changed' as const, payload: { dealId, what: 'activity' } }] : []),
  ]);
