import { Done } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { maybeOne } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { lockFirstMessage, withdrawFirstMessage } from '../first-message-statements.ts';

const GONE = {
  sending: 'This mail is leaving just now and can’t be taken back.',
  accepted: 'This mail has left and can’t be taken back. Write another that corrects it.',
  refused: 'This mail was refused: nobody has got it, there is nothing to take back.',
  unknown:
    'Nobody knows whether this mail has left. It can’t be taken back, and is never sent again by itself.',
};

/** Undo of sending, as long as the mail waits: within the seconds it is held for this, or while no server takes it. */
export const withdrawMessage = command({
  name: 'mails.withdraw',
  lane: 'hot',
  permission: 'activity.write',
  summary: 'Take a first message of one’s own back before it leaves.',
  input: z.object({ id: z.uuid() }),
  output: Done,
  async run({ tx, actor, now }, { id }) {
    const mail = await maybeOne(tx, lockFirstMessage, id);
    if (!mail || (actor.visibleOwnerIds !== null && !actor.visibleOwnerIds.includes(mail.memberId)))
      throw new DomainError('not_found', 'There is no such first message in this workspace.');
    if (actor.kind !== 'member' || mail.memberId !== actor.id)
      throw new DomainError('forbidden', 'Only who has written a mail takes it back.');
    if (mail.state !== 'queued' && mail.state !== 'withdrawn')
      throw new DomainError('conflict', GONE[mail.state]);
    await tx.rows(withdrawFirstMessage, id, now);
    return {
      output: { id },
      audit: { action: 'mail.withdrawn', subjectKind: 'outgoing_mail', subjectId: id },
      events: [
        {
          kind: 'mail.changed' as const,
          payload: { mailId: id, leadId: mail.leadId, state: 'withdrawn' },
        },
        { kind: 'account.changed' as const, payload: { accountId: mail.accountId, what: 'activity' } },
      ],
    };
  },
});
