import { newId } from '@penstock/kernel/ids';
import { DomainError } from '@penstock/kernel/domain-error';
import { statement } from '@penstock/store/statement';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { storeSubmissionIn } from '../store-submission.ts';

const activeForm = statement<{ id: string }>(
  'active_form',
  'select id from form where workspace_id = $1 and id = $2 and active',
);

/**
 * Sends a form as its visitors do, marked as a test: matched, routed, answered and enriched like any other, and left out of queue and
 * figures. The welcome mail really leaves, so the address should be one's own.
 * @param start begins the durable work beside the answer; what it can't start, the sweep starts
 */
export const sendTestLeadOperation = (start: (lead: { workspaceId: string; leadId: string }) => void) =>
  command({
    name: 'settings.sendTestLead',
    lane: 'hot',
    permission: 'forms.manage',
    summary: 'Send a form as a test: the whole way is gone, figures leave it out.',
    input: z.object({ formId: z.uuid(), answers: z.record(z.string().max(100), z.string().max(5_000)) }),
    output: z.object({ id: z.uuid(), isNew: z.boolean() }),
    async run({ tx, now }, { formId, answers }) {
      if ((await tx.rows(activeForm, formId)).length === 0)
        throw new DomainError(
          'not_found',
          'There is no such form, or it takes no submissions. Switch it on.',
        );
      const stored = await storeSubmissionIn(tx, {
        workspaceId: tx.workspaceId,
        formId,
        posted: answers,
        isTest: true,
        leadId: newId(now),
        receivedAt: now,
      });
      return {
        output: { id: stored.leadId, isNew: stored.isNew },
        audit: { action: 'lead.test_sent', subjectKind: 'lead', subjectId: stored.leadId },
      };
    },
    afterCommit: ({ id }, { workspaceId }) => start({ workspaceId, leadId: id }),
  });
