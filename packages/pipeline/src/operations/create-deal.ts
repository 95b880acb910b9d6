import { workSubjectFor } from '@penstock/accounts/work-subject';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { Done, InstantInput, plainText } from '@penstock/kernel/contract';
import { violatedUnique } from '@penstock/kernel/database-fault';
import { refreshStandings } from '@penstock/scoring/standing';
import { command } from '@penstock/workspace/operation';
import type { Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';
import { z } from 'zod';

import { insertChange, insertDeal } from '../deal-statements.ts';
import { publishedPipeline } from '../pipeline-document.ts';

const SOURCES = [
  'outbound',
  'inbound',
  'referral',
  'event',
  'paid',
  'partner',
  'abm',
  'webinar',
  'social',
] as const;

const MOST_VALUE_MINOR = 1_000_000_000_000;

const DealInput = z.object({
  accountId: z.uuid(),
  personId: z.uuid().nullish(),
  leadId: z.uuid().nullish(),
  name: plainText(200).pipe(z.string().min(1, 'is missing')),
  // Bounded so that a total over all deals stays a safe integer.
  valueMinor: z.int().nonnegative().max(MOST_VALUE_MINOR),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'is not an ISO currency code')
    .default('USD'),
  expectedCloseOn: z.iso.date().nullish(),
  nextStep: plainText(500).default(''),
  nextStepDueAt: InstantInput.nullish(),
  source: z.enum(SOURCES),
});

/** Implemented by engagement: the lead has become a deal. */
export type LeadConverted = (tx: Tx, leadId: string, dealId: string, now: Date) => Promise<void>;

export function createDealOperation(deps: { onLeadConverted: LeadConverted }) {
  return command({
    name: 'deals.create',
    lane: 'hot',
    permission: 'deal.write',
    summary:
      'Make a deal in the first stage, owned by who makes it; by a key, for the owner of the lead or account.',
    input: DealInput,
    output: Done,
    async run({ tx, actor, now }, input) {
      if (input.expectedCloseOn && input.expectedCloseOn < now.toISOString().slice(0, 10)) {
        throw new DomainError('invalid', 'The expected close date lies in the past.', {
          issues: [
            { field: 'expectedCloseOn', problem: 'lies in the past', remedy: 'Choose today or later.' },
          ],
        });
      }
      const ownerId = await ownerFor(tx, actor, input);
      const id = newId(now);
      await insertFor(tx, { actor, ownerId }, id, input, now);
      if (input.leadId) await deps.onLeadConverted(tx, input.leadId, id, now);
      await refreshStandings(tx, [input.accountId], now);
      return {
        output: { id },
        audit: {
          action: 'deal.created',
          subjectKind: 'deal',
          subjectId: id,
          detail: { accountId: input.accountId },
        },
        events: [{ kind: 'deal.changed', payload: { dealId: id, what: 'created' } }],
      };
    },
  });
}

/** Whose deal it becomes. A program can't own one. */
async function ownerFor(tx: Tx, actor: Actor, deal: z.output<typeof DealInput>): Promise<string> {
  const { accountOwnerId, leadOwnerId } = await workSubjectFor(tx, actor, {
    accountId: deal.accountId,
    personId: deal.personId ?? null,
    leadId: deal.leadId ?? null,
    dealId: null,
  });
  const ownerId = actor.kind === 'member' ? actor.id : (leadOwnerId ?? accountOwnerId);
  if (ownerId !== null) return ownerId;
  throw new DomainError(
    'conflict',
    'Neither the lead nor the account has an owner yet, who would own the deal. Make it as a member.',
  );
}

async function insertFor(
  tx: Tx,
  { actor, ownerId }: { actor: Actor; ownerId: string },
  dealId: string,
  deal: z.output<typeof DealInput>,
  at: Date,
): Promise<void> {
  const { versionId, template } = await publishedPipeline(tx);
  const first = template.stages[0]?.key ?? '';
  const made = await tx
    .rows(
      insertDeal,
      dealId,
      deal.accountId,
      deal.personId ?? null,
      deal.leadId ?? null,
      ownerId,
      deal.name,
      versionId,
      first,
      deal.valueMinor,
      deal.currency,
      deal.expectedCloseOn ?? null,
      deal.nextStep,
      deal.nextStepDueAt ?? null,
      deal.source,
      at,
    )
    .catch((error: unknown) => {
      if (violatedUnique(error) === 'one_deal_per_lead') {
        throw new DomainError('conflict', 'This lead is a deal already. Open it from the lead.', {
          cause: error,
        });
      }
      throw error;
    });
  if (made.length === 0) throw new DomainError('not_found', 'There is no such account in this workspace.');
  await tx.rows(insertChange, newId(at), dealId, 'created', null, first, '', '{}', actor.kind, actor.id, at);
}
