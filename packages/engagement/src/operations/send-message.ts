import { readReachablePeople, type ReachablePerson } from '@penstock/accounts/committee-statements';
import { isSuppressed } from '@penstock/accounts/suppression';
import { Done, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { renewLeases } from '@penstock/scoring/renew-leases';
import { readItemFor } from '@penstock/scoring/operations/get-queue-item';
import { maybeOne, type Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import * as sql from '../first-message-statements.ts';
import { dealOfTouch } from '../model/deal-of-touch.ts';
import type { MailServers } from '../mail-port.ts';
import { singleLine } from '../model/mail-template.ts';
import { readOpenDeals } from '../open-deals.ts';

const Subject = z
  .string()
  .refine((text) => !/[\r\n]/.test(text.trim()), 'A subject is one line: take the line break out.')
  .pipe(plainText(200).pipe(z.string().min(1)));

/** Said instead of letting a mail wait for a server that nobody has named. */
export const NO_SERVER =
  'No mail server is set up, so nothing was stored and nothing leaves. Whoever runs Penstock sets PENSTOCK_SMTP_URL; until then write from your own mail program and record it as sent.';

/** A mail waits so long for the rep's second thought: longer than the console offers to undo. */
export const HELD_MS = 8_000;

/** Stored and answered at once; a worker hands it over once it was held for some seconds, in which it can be taken back. */
export const sendMessageOperation = (servers: MailServers) =>
  command({
    name: 'queue.sendMessage',
    lane: 'hot',
    permission: 'activity.write',
    summary: 'Send a first message from the own name and address to a person of the item, once per draft.',
    input: z.object({
      id: z.uuid(),
      personId: z.uuid(),
      /** The address that the sender has seen and confirmed. */
      to: z.email().max(320),
      /** Which draft it was made from. */
      draft: z
        .string()
        .min(1)
        .max(60)
        .regex(/^[\w-]+$/, 'The key of a draft, such as answer-request.'),
      subject: Subject,
      text: plainText(10_000).pipe(z.string().min(1)),
    }),
    output: Done,
    async run({ tx, actor, now }, input) {
      const item = await readItemFor(tx, actor, input.id, now);
      const writer = await writerOf(tx, actor);
      if (!servers(writer.kind)) throw new DomainError('conflict', NO_SERVER);
      const people = await tx.rows(readReachablePeople, item.account.id, actor.visibleOwnerIds);
      const person = people.find(({ personId }) => personId === input.personId);
      const address = await addressOf(tx, person, input.to);
      const leadId = item.lead?.id ?? null;
      const deals = await tx.rows(readOpenDeals, item.account.id, actor.visibleOwnerIds);
      const id = newId(now);
      const made = await maybeOne(
        tx,
        sql.insertFirstMessage,
        id,
        leadId,
        item.id,
        input.draft,
        input.personId,
        actor.id,
        singleLine(writer.name),
        writer.email,
        singleLine(address.name),
        address.email,
        input.subject,
        input.text,
        `<${id}@${writer.email.split('@')[1] ?? 'penstock.invalid'}>`,
        now,
        new Date(now.getTime() + HELD_MS),
        dealOfTouch(deals, { personId: input.personId, leadId }),
      );
      const mailId = made?.id ?? (await sentBefore(tx, input));
      await renewLeases(tx, actor, item.account.id, now);
      return {
        output: { id: mailId },
        audit: { action: 'mail.sent', subjectKind: 'outgoing_mail', subjectId: mailId },
        events: queuedEvents(mailId, leadId, item.account.id),
      };
    },
  });

const queuedEvents = (mailId: string, leadId: string | null, accountId: string) => [
  { kind: 'mail.changed' as const, payload: { mailId, leadId, state: 'queued' } },
  { kind: 'account.changed' as const, payload: { accountId, what: 'activity' } },
];

async function writerOf(tx: Tx, actor: Actor) {
  const writer = actor.kind === 'member' ? await maybeOne(tx, sql.readWriter, actor.id) : undefined;
  if (!writer)
    throw new DomainError(
      'conflict',
      'A first message comes from a person. Sign in as a member; a program with a key records activities instead.',
    );
  if (!z.email().safeParse(writer.email).success)
    throw new DomainError(
      'conflict',
      'Your own address is no mail address. Ask an administrator to correct it.',
    );
  return writer;
}

/** @throws DomainError that says which address may not be written to, why, and what to do */
async function addressOf(
  tx: Tx,
  person: ReachablePerson | undefined,
  confirmed: string,
): Promise<{ name: string; email: string }> {
  if (!person)
    throw new DomainError(
      'not_found',
      'personId: there is no such person at this account, or they have left or were erased. Choose somebody from the brief.',
    );
  const { name, email } = person;
  if (email === null)
    throw new DomainError(
      'conflict',
      `${name} has no mail address. Look one up on the account's page first.`,
    );
  if (await isSuppressed(tx, email))
    throw new DomainError('conflict', `${name} asked not to be written to. Choose another person.`);
  if (!person.emailUsable || person.emailVerification !== 'valid')
    throw new DomainError(
      'conflict',
      `The address of ${name}, ${email}, is not verified. Enrich the person first, or write from your own mail program.`,
    );
  if (email.toLowerCase() !== confirmed.toLowerCase())
    throw new DomainError(
      'conflict',
      `to: the address of ${name} is now ${email}. Look at it and confirm it again.`,
    );
  return { name, email };
}

/** The same words again are the same mail; others are refused, for the first can't be taken back. */
async function sentBefore(
  tx: Tx,
  input: { id: string; personId: string; draft: string; subject: string; text: string },
): Promise<string> {
  const before = await maybeOne(tx, sql.readFirstMessage, input.id, input.personId, input.draft);
  if (before && before.subject === input.subject && before.bodyText === input.text) return before.id;
  throw new DomainError(
    'conflict',
    'This draft was already sent to this person. Choose another template, or write from your own mail program.',
  );
}
