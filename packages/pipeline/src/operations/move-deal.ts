import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { Done, plainText } from '@penstock/kernel/contract';
import { refreshStandings } from '@penstock/scoring/standing';
import type { Tx } from '@penstock/store/tx';
import { actorMay, type Actor } from '@penstock/workspace/model/actor';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { dealFacts, dealFor } from '../deal-view.ts';
import { insertChange, lockDeal, moveTo } from '../deal-statements.ts';
import { judgeCriteria } from '../model/criterion.ts';
import { planMove } from '../model/move.ts';
import { publishedPipeline } from '../pipeline-document.ts';

const MoveInput = z.object({
  id: z.uuid(),
  toStage: z.string().min(1).max(40),
  reason: plainText(1_000).optional(),
  override: z.boolean().default(false),
  lostReason: plainText(1_000).optional(),
});

/**
 * The one way by which a deal changes its stage, whatever the channel (R084). Forward needs every exit criterion of every stage left
 * behind, met by evidence; an override needs permission and a reason and is recorded as such.
 */
async function moveDealIn(
  tx: Tx,
  actor: Actor,
  now: Date,
  input: z.output<typeof MoveInput>,
): Promise<{ overridden: boolean }> {
  await tx.rows(lockDeal, input.id);
  const deal = await dealFor(tx, actor, input.id);
  const { template } = await publishedPipeline(tx);
  const plan = planMove(template, deal.stage, input.toStage);
  if (!plan) {
    throw new DomainError(
      'invalid',
      `The deal is in "${deal.stage}" and can't move to "${input.toStage}". Choose another stage.`,
    );
  }
  if (plan.needsReason && !input.reason)
    throw refuse('reason', 'A move backward or out of a closed stage needs a reason.');
  if (plan.needsLostReason && !input.lostReason)
    throw refuse('lostReason', 'A lost deal needs the reason why it was lost.');
  const criteria = judgeCriteria(plan.requires, await dealFacts(tx, deal.id, now));
  const unmet = criteria.filter((criterion) => !criterion.met);
  if (unmet.length > 0 && !input.override) {
    throw new DomainError(
      'criteria_unmet',
      `Not yet: ${unmet.map((criterion) => criterion.label).join(', ')}.`,
      { details: { unmet } },
    );
  }
  if (unmet.length > 0) assertMayOverride(actor, input.reason);
  await tx.rows(
    moveTo,
    deal.id,
    plan.to.key,
    plan.to.type,
    plan.needsLostReason ? (input.lostReason ?? '') : null,
    now,
  );
  await tx.rows(
    insertChange,
    newId(now),
    deal.id,
    unmet.length > 0 ? 'overridden' : 'moved',
    deal.stage,
    plan.to.key,
    input.reason ?? input.lostReason ?? '',
    JSON.stringify({
      met: criteria.filter((one) => one.met).map((one) => one.key),
      unmet: unmet.map((one) => one.key),
    }),
    actor.kind,
    actor.id,
    now,
  );
  await refreshStandings(tx, [deal.accountId], now);
  return { overridden: unmet.length > 0 };
}

const refuse = (field: string, message: string) =>
  new DomainError('invalid', message, { issues: [{ field, problem: 'is missing', remedy: message }] });

function assertMayOverride(actor: Actor, reason: string | undefined): void {
  if (!actorMay(actor, 'deal.override')) {
    throw new DomainError('forbidden', 'Only a manager may move a deal past unmet criteria.');
  }
  if (!reason) throw refuse('reason', 'An override needs a reason; it is shown in the review.');
}

export const moveDeal = command({
  name: 'deals.move',
  lane: 'hot',
  permission: 'deal.write',
  summary: 'Move a deal to another stage. Forward only when every exit criterion is met by evidence.',
  input: MoveInput,
  output: Done,
  async run({ tx, actor, now }, input) {
    const { overridden } = await moveDealIn(tx, actor, now, input);
    return {
      output: { id: input.id },
      audit: {
        action: overridden ? 'deal.overridden' : 'deal.moved',
        subjectKind: 'deal',
        subjectId: input.id,
        detail: { toStage: input.toStage },
      },
      events: [{ kind: 'deal.changed', payload: { dealId: input.id, what: 'stage' } }],
    };
  },
});
