import { suppressedOf, suppressionHash } from '@penstock/accounts/suppression';
import { InstantInput, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import type { Tx } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import type { MailSides } from '../model/mail-sides.ts';
import { eventsOfRecorded, knownBy, recordWithAll, sidesFor, type Unknown } from '../told-mail.ts';
import * as sql from '../unmatched-mail-statements.ts';

/** So long a mail with somebody whom nobody knows is kept. */
export const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

const Party = z.object({ address: z.email().max(320), name: plainText(200) });

/** A mail as it went over the wire: recorded with whom it names, and kept for a while, without its text, with whom nobody knows. */
export const takeMail = command({
  name: 'activities.takeMail',
  lane: 'hot',
  permission: 'activity.write',
  summary:
    'Record a mail that a member sent or got; with people whom nobody knows it waits on a list until somebody says who they are.',
  input: z.object({
    messageId: z.string().max(998),
    from: Party,
    to: z.array(Party).min(1).max(100),
    subject: plainText(300),
    sentAt: InstantInput,
    /** Message-IDs that it answers or refers to. */
    answers: z.array(z.string().max(998)).max(20),
  }),
  output: z.object({
    id: z.string(),
    recorded: z.array(z.object({ personId: z.string(), dealId: z.string().nullable() })),
    /** Recorded with them before. */
    repeated: z.array(z.string()),
    /** Waiting on the list of unmatched mails. */
    waiting: z.array(z.object({ address: z.string(), because: z.enum(['nobody', 'several']) })),
    /** Nothing is kept of mails with them: ignored, or they asked not to be written to. */
    ignored: z.array(z.string()),
  }),
  async run({ tx, actor, now }, input) {
    if (input.sentAt > now)
      throw new DomainError('invalid', 'Date: lies in the future. Send the mail as the server has it.');
    const head = { ...input, from: input.from.address, to: input.to.map(({ address }) => address) };
    const sides = await sidesFor(tx, actor, head);
    const { people, unknown } = await knownBy(tx, sides.others);
    const { messageId, subject, sentAt } = input;
    const { memberId, direction } = sides;
    const told = { messageId, subject, sentAt, memberId, direction, owners: actor.visibleOwnerIds, now };
    const { recorded, repeated } = await recordWithAll(tx, people, told);
    const { waiting, ignored } = await keep(tx, input, sides, unknown, now);
    return {
      output: {
        id: messageId,
        recorded: recorded.map(({ personId, dealId }) => ({ personId, dealId })),
        repeated,
        waiting,
        ignored,
      },
      audit: {
        action: 'activity.mail_taken',
        subjectKind: 'person',
        subjectId: people[0]?.personId ?? '',
        detail: { recorded: recorded.length, repeated: repeated.length, waiting: waiting.length },
      },
      events: [
        ...eventsOfRecorded(recorded),
        ...(waiting.length > 0 ? [{ kind: 'mail.changed' as const, payload: { what: 'unmatched' } }] : []),
      ],
    };
  },
});

type Input = z.output<typeof takeMail.input>;

async function keep(
  tx: Tx,
  input: Input,
  { memberId, direction }: MailSides,
  unknown: readonly Unknown[],
  now: Date,
): Promise<{ waiting: Unknown[]; ignored: string[] }> {
  if (unknown.length === 0) return { waiting: [], ignored: [] };
  const addresses = unknown.map(({ address }) => address);
  const out = new Set([
    ...(
      await tx.rows(
        sql.ignoredOf,
        addresses,
        addresses.map((address) => suppressionHash(tx.workspaceId, address)),
      )
    ).map(({ address }) => address),
    ...(await suppressedOf(tx, addresses)),
  ]);
  const answered = await tx.rows(sql.peopleOfMessages, input.answers);
  const suggested = answered.length === 1 ? (answered[0]?.personId ?? null) : null;
  const waiting = unknown.filter(({ address }) => !out.has(address));
  for (const { address } of waiting) {
    const name =
      [input.from, ...input.to].find((party) => party.address.toLowerCase() === address)?.name ?? '';
    const expires = new Date(now.getTime() + KEPT_DAYS * DAY_MS);
    const what = [input.messageId, address, name, memberId, direction, input.subject, input.sentAt] as const;
    await tx.rows(sql.insertUnmatched, newId(now), ...what, suggested, expires);
  }
  return { waiting, ignored: [...out] };
}
