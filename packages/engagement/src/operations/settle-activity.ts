import {
  deleteActivity,
  lockActivity,
  setActivityDone,
  setActivityDue,
  type ActivityRow,
} from '@penstock/accounts/activity-statements';
import { workSubjectFor } from '@penstock/accounts/work-subject';
import { Done, InstantInput } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import type { DomainEvent } from '@penstock/store/outbox';
import { refreshStandings } from '@penstock/scoring/standing';
import { maybeOne, type Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { forgetHumanTouch } from '../first-touch.ts';

/** A record of one's own may be taken back for this long: a slip of the hand, not a change of history. */
const WITHDRAW_MS = 15 * 60_000;

async function activityFor(tx: Tx, actor: Actor, id: string): Promise<ActivityRow> {
  const activity = await maybeOne(tx, lockActivity, id);
  if (!activity) throw new DomainError('not_found', 'There is no such activity in this workspace.');
  const { accountId, leadId, dealId } = activity;
  await workSubjectFor(tx, actor, { accountId, leadId, dealId, personId: null });
  return activity;
}

function changed(activity: ActivityRow): DomainEvent[] {
  const { accountId, dealId } = activity;
  return [
    { kind: 'account.changed', payload: { accountId, what: 'activity' } },
    ...(dealId ? [{ kind: 'deal.changed' as const, payload: { dealId, what: 'activity' } }] : []),
  ];
}

/** A task is done, or (undone) is not; a due time may be moved. */
export const settleTask = command({
  name: 'activities.settle',
  lane: 'hot',
  permission: 'activity.write',
  summary: 'Tick a task off, take the tick back (done: false), or give it another due time.',
  input: z
    .object({ id: z.uuid(), done: z.boolean().optional(), dueAt: InstantInput.optional() })
    .refine(
      ({ done, dueAt }) => done !== undefined || dueAt !== undefined,
      'nothing to change: send done or dueAt',
    ),
  output: Done,
  async run({ tx, actor, now }, { id, done, dueAt }) {
    const activity = await activityFor(tx, actor, id);
    if (dueAt !== undefined) await tx.rows(setActivityDue, id, dueAt);
    if (done !== undefined) await tx.rows(setActivityDone, id, done ? (activity.doneAt ?? now) : null);
    return {
      output: { id },
      audit: {
        action: 'activity.settled',
        subjectKind: 'activity',
        subjectId: id,
        detail: {
          ...(done !== undefined && { done }),
          ...(dueAt !== undefined && { dueAt: dueAt.toISOString() }),
        },
      },
      events: changed(activity),
    };
  },
});

/** Undo of recording: the row goes, the audit keeps that it was there. */
export const withdrawActivity = command({
  name: 'activities.withdraw',
  lane: 'hot',
  permission: 'activity.write',
  summary: 'Take back what one has recorded within the last 15 minutes.',
  input: z.object({ id: z.uuid() }),
  output: Done,
  async run({ tx, actor, now }, { id }) {
    const activity = await activityFor(tx, actor, id);
    if (activity.memberId !== (actor.kind === 'member' ? actor.id : null))
      throw new DomainError('forbidden', 'Only who recorded this can take it back. Add a note instead.');
    if (now.getTime() - activity.recordedAt.getTime() > WITHDRAW_MS)
      throw new DomainError(
        'conflict',
        'This was recorded more than 15 minutes ago. Add a note that corrects it.',
      );
    await tx.rows(deleteActivity, id);
    await forgetHumanTouch(tx, activity.leadId, now);
    await refreshStandings(tx, [activity.accountId], now);
    return {
      output: { id },
      audit: {
        action: 'activity.withdrawn',
        subjectKind: 'activity',
        subjectId: id,
        detail: { kind: activity.kind },
      },
      events: changed(activity),
    };
  },
});
