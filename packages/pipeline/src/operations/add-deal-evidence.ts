import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { Done, plainText } from '@penstock/kernel/contract';
import { refreshStandings } from '@penstock/scoring/standing';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { dealFor } from '../deal-view.ts';
import { insertEvidence } from '../deal-statements.ts';
import { CRITERION_KEYS, takesEvidence } from '../model/criterion.ts';

/** Confirms a criterion with who said what; a manager can judge it without asking the rep (R083). */
export const addDealEvidence = command({
  name: 'deals.addEvidence',
  lane: 'hot',
  permission: 'deal.write',
  summary: 'Add evidence for an exit criterion: a quote, and a value where the criterion needs one.',
  input: z.object({
    dealId: z.uuid(),
    criterion: z.enum(CRITERION_KEYS),
    kind: z.enum(['call_note', 'document']),
    quote: plainText(2_000).pipe(z.string().min(3, 'is too short to be evidence')),
    value: plainText(200).default(''),
  }),
  output: Done,
  async run({ tx, actor, now }, input) {
    const deal = await dealFor(tx, actor, input.dealId);
    if (!takesEvidence(input.criterion)) {
      throw new DomainError(
        'invalid',
        'This criterion is met by what the product sees: record the mail, call or meeting instead.',
      );
    }
    if (actor.kind !== 'member') throw new DomainError('forbidden', 'Only a person can confirm a criterion.');
    const id = newId(now);
    await tx.rows(
      insertEvidence,
      id,
      deal.id,
      input.criterion,
      input.kind,
      input.quote,
      input.value,
      actor.id,
      now,
    );
    await refreshStandings(tx, [deal.accountId], now);
    return {
      output: { id },
      audit: {
        action: 'deal.evidence_added',
        subjectKind: 'deal',
        subjectId: deal.id,
        detail: { criterion: input.criterion },
      },
      events: [{ kind: 'deal.changed', payload: { dealId: deal.id, what: 'evidence' } }],
    };
  },
});
