import { Done } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { maybeOne } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { decideFirstMessage, lockFirstMessage } from '../first-message-statements.ts';
import { countAsSent } from '../send-first-message.ts';

const KNOWN = {
  queued: 'This mail is still waiting to leave. Take it back, or wait.',
  sending: 'This mail is leaving just now. Look again in a moment.',
  accepted: 'This mail is known to have left.',
  refused: 'This mail is known not to have left.',
  withdrawn: 'This mail is known not to have left.',
};

/** What a person has found out about a mail of unknown fate, in the mail server's log or from who got it. */
export const decideMessage = command({
  name: 'mails.decide',
  lane: 'hot',
  permission: 'activity.write',
  summary:
    'Say whether a first message of unknown fate was sent. If it was not, its draft may be sent to the person again.',
  input: z.object({ id: z.uuid(), sent: z.boolean() }),
  output: Done,
  async run({ tx, actor, now }, { id, sent }) {
    const mail = await maybeOne(tx, lockFirstMessage, id);
    if (!mail || (actor.visibleOwnerIds !== null && !actor.visibleOwnerIds.includes(mail.memberId)))
      throw new DomainError('not_found', 'There is no such first message in this workspace.');
    if (mail.state !== 'unknown') throw new DomainError('conflict', KNOWN[mail.state]);
    const state = sent ? 'accepted' : 'withdrawn';
    await tx.rows(decideFirstMessage, id, state, sent ? 'sent, as found out' : 'not sent, as found out', now);
    const counted = sent ? await countAsSent(tx, mail, { at: mail.createdAt, selfReported: true }, now) : [];
    return {
      output: { id },
      audit: {
        action: 'mail.decided',
        subjectKind: 'outgoing_mail',
        subjectId: id,
        detail: { sent },
      },
      events: [
        { kind: 'mail.changed', payload: { mailId: id, leadId: mail.leadId, state } },
        { kind: 'account.changed', payload: { accountId: mail.accountId, what: 'activity' } },
        ...counted,
      ],
    };
  },
});
