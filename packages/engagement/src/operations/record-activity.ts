import { ActivityKind } from '@penstock/accounts/contracts';
import { insertActivity, whoMayNotBeCalled } from '@penstock/accounts/activity-statements';
import { workSubjectFor } from '@penstock/accounts/work-subject';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { Done, InstantInput, plainText } from '@penstock/kernel/contract';
import { renewLeases } from '@penstock/scoring/renew-leases';
import { refreshStandings } from '@penstock/scoring/standing';
import { maybeOne, type Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import type { MailState } from '../contracts.ts';
import { readSameMessage } from '../first-message-statements.ts';
import { recordHumanTouch } from '../first-touch.ts';

const TOUCHES = new Set(['call', 'mail', 'meeting']);

/** A call, note, meeting, mail or task on the one timeline. An outgoing call or mail is a human touch and stops the lead's clock. */
export const recordActivity = command({
  name: 'activities.record',
  lane: 'hot',
  permission: 'activity.write',
  summary: 'Record a call, note, meeting, mail or task.',
  input: z.object({
    kind: ActivityKind,
    accountId: z.uuid(),
    personId: z.uuid().nullish(),
    leadId: z.uuid().nullish(),
    dealId: z.uuid().nullish(),
    direction: z.enum(['in', 'out', 'none']).default('out'),
    subject: plainText(300),
    body: plainText(10_000).default(''),
    outcome: plainText(100).default(''),
    occurredAt: InstantInput.nullish(),
    dueAt: InstantInput.nullish(),
  }),
  output: Done,
  async run({ tx, actor, now }, input) {
    const occurredAt = input.occurredAt ?? now;
    if (occurredAt > now)
      throw new DomainError('invalid', 'What has not happened yet is a task: give it a due time instead.');
    const subject = {
      accountId: input.accountId,
      personId: input.personId ?? null,
      leadId: input.leadId ?? null,
      dealId: input.dealId ?? null,
    };
    await workSubjectFor(tx, actor, subject);
    if (isCall(input)) await assertMayCall(tx, subject);
    if (input.kind === 'mail' && input.direction === 'out')
      await assertNotSentHere(tx, actor, input, occurredAt);
    const id = newId(now);
    const memberId = actor.kind === 'member' ? actor.id : null;
    await tx.rows(
      insertActivity,
      id,
      input.kind,
      subject.accountId,
      subject.personId,
      subject.leadId,
      subject.dealId,
      memberId,
      input.direction,
      input.subject,
      input.body,
      input.outcome,
      input.dueAt ?? null,
      occurredAt,
      now,
    );
    if (TOUCHES.has(input.kind) && input.direction !== 'in' && (input.leadId || input.personId)) {
      const { leadId, personId } = subject;
      const touch = { leadId, personId, kind: input.kind, selfReported: true };
      await recordHumanTouch(tx, touch, occurredAt);
    }
    if (subject.personId !== null) await refreshStandings(tx, [subject.accountId], now);
    await renewLeases(tx, actor, subject.accountId, now);
    return {
      output: { id },
      audit: {
        action: 'activity.recorded',
        subjectKind: 'activity',
        subjectId: id,
        detail: { kind: input.kind },
      },
      events: [
        { kind: 'account.changed', payload: { accountId: input.accountId, what: 'activity' } },
        ...(input.dealId
          ? [{ kind: 'deal.changed' as const, payload: { dealId: input.dealId, what: 'activity' } }]
          : []),
      ],
    };
  },
});

const SAME_DAYS = 7;
const OF_STATE: Partial<Record<MailState, string>> = {
  accepted: 'It was recorded when it left; nothing was recorded twice.',
  unknown: 'Nobody knows whether it left: say so at that mail instead, then it counts.',
};

/** A mail that left from here is on the timeline by itself. */
async function assertNotSentHere(
  tx: Tx,
  actor: Actor,
  input: { personId?: string | null | undefined; subject: string },
  occurredAt: Date,
): Promise<void> {
  if (actor.kind !== 'member' || !input.personId || input.subject === '') return;
  const since = new Date(occurredAt.getTime() - SAME_DAYS * 86_400_000);
  const sent = await maybeOne(tx, readSameMessage, actor.id, input.personId, input.subject, since);
  if (!sent) return;
  throw new DomainError(
    'conflict',
    `You have sent this mail from here. ${OF_STATE[sent.state] ?? 'It is recorded by itself once it has left.'}`,
  );
}

const CALL_TASK = /^\s*(call|phone|ring|dial)\b/i;

/** A call that was or will be made by us, also where it is written down as a task. */
const isCall = (one: { kind: string; direction: string; subject: string }): boolean =>
  (one.kind === 'call' && one.direction === 'out') || (one.kind === 'task' && CALL_TASK.test(one.subject));

/** Who asked not to be called is not called: neither now nor as a task. */
async function assertMayCall(tx: Tx, who: { personId: string | null; leadId: string | null }): Promise<void> {
  const blocked = await maybeOne(tx, whoMayNotBeCalled, who.personId, who.leadId);
  if (!blocked) return;
  throw new DomainError(
    'conflict',
    `${blocked.name} asked not to be called. Write instead; a call that came from them is recorded with direction "in".`,
    { details: { doNotCall: true, personId: blocked.id } },
  );
}
