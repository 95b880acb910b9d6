import { InstantInput, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { eventsOfRecorded, knownBy, recordWithAll, sidesFor } from '../told-mail.ts';

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
    const { memberId, direction, others } = await sidesFor(tx, actor, input);
    const { people, unknown } = await knownBy(tx, others);
    if (people.length === 0)
      throw new DomainError(
        'not_found',
        `to: nobody, or more than one person, is known by ${others.join(', ')}. Add or correct the person on the account’s page and send the mail again; nothing was recorded.`,
      );
    const { messageId, subject, sentAt } = input;
    const told = { messageId, subject, sentAt, memberId, direction, owners: actor.visibleOwnerIds, now };
    const { recorded, repeated } = await recordWithAll(tx, people, told);
    return {
      output: {
        id: messageId,
        recorded: recorded.map(({ personId, dealId }) => ({ personId, dealId })),
        repeated,
        unknown,
      },
      audit: {
        action: 'activity.mail_recorded',
        subjectKind: 'person',
        subjectId: people[0]?.personId ?? '',
        detail: { recorded: recorded.length, repeated: repeated.length, unknown: unknown.length },
      },
      events: eventsOfRecorded(recorded),
    };
  },
});
