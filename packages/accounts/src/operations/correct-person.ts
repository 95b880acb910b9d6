import { Done } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { correctPersonRow } from '../committee-statements.ts';
import { BUYING_ROLES } from '../model/buying-role.ts';

/** Implemented by scoring: who has a part in buying at accounts has changed, so what it counts for has. */
export type CommitteesChanged = (tx: Tx, accountIds: readonly string[], now: Date) => Promise<void>;

/** What somebody knows better than the title says, and what the person has asked for. */
export function correctPersonOperation(deps: { onChanged: CommitteesChanged }) {
  return command({
    name: 'people.correct',
    lane: 'hot',
    permission: 'account.write',
    summary:
      'Correct the part a person has in buying (null: as the title says), or note that they are not to be called.',
    input: z
      .object({
        id: z.uuid(),
        buyingRole: z.enum([...BUYING_ROLES, 'none']).nullish(),
        doNotCall: z.boolean().optional(),
      })
      .refine(
        ({ buyingRole, doNotCall }) => buyingRole !== undefined || doNotCall !== undefined,
        'nothing to correct: send buyingRole or doNotCall',
      ),
    output: Done,
    async run({ tx, now }, { id, buyingRole, doNotCall }) {
      const changed = await maybeOne(
        tx,
        correctPersonRow,
        id,
        buyingRole !== undefined,
        buyingRole ?? null,
        doNotCall ?? null,
        now,
      );
      if (!changed)
        throw new DomainError('not_found', 'There is no such person in this workspace, or they were erased.');
      if (buyingRole !== undefined && changed.accountId !== null)
        await deps.onChanged(tx, [changed.accountId], now);
      return {
        output: { id },
        audit: {
          action: 'person.corrected',
          subjectKind: 'person',
          subjectId: id,
          detail: {
            ...(buyingRole !== undefined && { buyingRole }),
            ...(doNotCall !== undefined && { doNotCall }),
          },
        },
        events: [{ kind: 'person.changed', payload: { personId: id, accountId: changed.accountId } }],
      };
    },
  });
}
