import { Done, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { maybeOne } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import * as sql from '../budget-statements.ts';

/** Another name, or an end: runs under way go on within its budget, new ones don't begin. It can be opened again. */
export const changeCampaign = command({
  name: 'enrichment.changeCampaign',
  lane: 'hot',
  permission: 'providers.manage',
  summary: 'Rename a campaign, close it so that no new run begins under it, or open it again.',
  input: z.strictObject({
    id: z.uuid(),
    name: plainText(120).pipe(z.string().min(1, 'is missing: give it a name')).optional(),
    closed: z.boolean().optional(),
  }),
  output: Done,
  async run({ tx, now }, { id, name, closed }) {
    const campaign = await maybeOne(tx, sql.lockCampaign, id);
    if (!campaign) throw new DomainError('not_found', 'There is no such campaign in this workspace.');
    const called = name ?? campaign.name;
    const other = await maybeOne(tx, sql.campaignOfName, called);
    if (other && other.id !== id)
      throw new DomainError('conflict', 'There is a campaign of this name already.', {
        issues: [{ field: 'name', problem: 'is taken', remedy: 'Choose another name.' }],
      });
    if (closed === true) {
      const lists = await tx.rows(sql.listsOfCampaign, id);
      if (lists.length > 0)
        throw new DomainError(
          'conflict',
          `The list ${lists.map((list) => `“${list.name}”`).join(', ')} spends from it. Pause the list, or let it spend nothing, first.`,
        );
    }
    const ends = closed ?? campaign.closed;
    await tx.rows(sql.changeCampaign, id, called, ends ? now : null);
    return {
      output: { id },
      audit: {
        action: 'campaign.changed',
        subjectKind: 'campaign',
        subjectId: id,
        detail: { name: called, closed: ends },
      },
      events: [{ kind: 'settings.changed', payload: { what: 'budgets' } }],
    };
  },
});
