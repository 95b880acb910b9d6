import { Done, InstantInput, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { insertChange, lockDeal } from '../deal-statements.ts';
import { dealFor } from '../deal-view.ts';

const setNextStep = statement(
  'set_next_step_of_deal',
  `update deal set next_step = $3, next_step_due_at = $4, updated_at = $5 where workspace_id = $1 and id = $2`,
);

/** Every active deal has a next step (R094); an empty one says that there is none. */
export const planNextStep = command({
  name: 'deals.planNextStep',
  lane: 'hot',
  permission: 'deal.write',
  summary: 'Say what comes next on a deal and when it is due; an empty text takes the step off.',
  input: z.object({ id: z.uuid(), nextStep: plainText(500), dueAt: InstantInput.nullish() }),
  output: z.object({
    ...Done.shape,
    before: z.object({ nextStep: z.string(), dueAt: z.string().nullable() }),
  }),
  async run({ tx, actor, now }, { id, nextStep, dueAt }) {
    await tx.rows(lockDeal, id);
    const deal = await dealFor(tx, actor, id);
    if (deal.stageType !== 'open')
      throw new DomainError('conflict', 'This deal is decided. Reopen it before planning a next step.');
    await tx.rows(setNextStep, id, nextStep, nextStep === '' ? null : (dueAt ?? null), now);
    await tx.rows(
      insertChange,
      newId(now),
      id,
      'edited',
      null,
      null,
      '',
      JSON.stringify({ field: 'next_step' }),
      actor.kind,
      actor.id,
      now,
    );
    return {
      output: { id, before: { nextStep: deal.nextStep, dueAt: deal.nextStepDueAt?.toISOString() ?? null } },
      audit: { action: 'deal.next_step_planned', subjectKind: 'deal', subjectId: id },
      events: [{ kind: 'deal.changed', payload: { dealId: id, what: 'next_step' } }],
    };
  },
});
