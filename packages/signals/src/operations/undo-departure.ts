import { Done } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import type { ScoringPort } from '../scoring-port.ts';
import { undoDeparture } from '../undo-departure.ts';

/** It was a mistake: a namesake, a mailbox that was only full, a maternity leave. */
export function undoDepartureOperation(deps: { scoring: ScoringPort }) {
  return command({
    name: 'champions.undoDeparture',
    lane: 'hot',
    permission: 'account.write',
    summary:
      'Take back a departure that was believed by mistake: addresses, deal risks, the opportunity at the new company and the queue are as if it had not been; its history stays.',
    input: z.strictObject({ id: z.uuid() }),
    output: Done,
    async run({ tx, actor, now }, { id }) {
      const undone = await undoDeparture(tx, { departureId: id, by: actor.id }, now, deps.scoring);
      if (!undone)
        throw new DomainError(
          'not_found',
          'id: there is no departure that is believed. It may have been taken back already.',
        );
      return {
        output: { id },
        audit: {
          action: 'departure.undone',
          subjectKind: 'departure',
          subjectId: id,
          detail: { signals: undone.signalIds },
        },
      };
    },
  });
}
