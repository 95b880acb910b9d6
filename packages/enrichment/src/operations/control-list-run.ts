import { Done } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { maybeOne } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { moveListRun, raiseRunBudget, readListRun } from '../list-run/list-run-statements.ts';

const MOVES = {
  pause: { to: 'paused', from: ['running'], reason: 'Paused by hand.' },
  resume: { to: 'running', from: ['paused'], reason: '' },
  cancel: { to: 'cancelled', from: ['running', 'paused'], reason: 'Cancelled by hand.' },
} as const;

/**
 * Pauses a run (calls under way end, nothing new is asked), lets it go on where it stood, or cancels it: what was paid for is kept.
 * @param start begins the durable work of a run that goes on
 */
export const controlListRunOperation = (start: (run: { workspaceId: string; runId: string }) => void) =>
  command({
    name: 'enrichment.controlListRun',
    lane: 'hot',
    permission: 'enrichment.run',
    summary: 'Pause, resume or cancel a run over a list.',
    input: z.object({
      id: z.uuid(),
      action: z.enum(['pause', 'resume', 'cancel']),
      /** With `resume`: what the whole run may cost from now on. */
      budgetMicros: z.int().positive().max(1_000_000_000_000).nullish(),
    }),
    output: Done.extend({ state: z.enum(['running', 'paused', 'cancelled']) }),
    async run({ tx, now }, { id, action, budgetMicros }) {
      const move = MOVES[action];
      const moved = await tx.rows(moveListRun, id, move.to, move.reason, now, [...move.from]);
      if (moved.length === 0) {
        const run = await maybeOne(tx, readListRun, id);
        if (!run) throw new DomainError('not_found', 'There is no such run in this workspace.');
        throw new DomainError('conflict', `The run is ${run.state}: it can’t be ${move.to} from there.`);
      }
      if (budgetMicros && action === 'resume') await tx.rows(raiseRunBudget, newId(now), id, budgetMicros);
      return {
        output: { id, state: move.to },
        audit: { action: `list_run.${action}`, subjectKind: 'list_run', subjectId: id },
        events: [{ kind: 'list_run.changed', payload: { runId: id } }],
      };
    },
    afterCommit: ({ id, state }, { workspaceId }) => {
      if (state === 'running') start({ workspaceId, runId: id });
    },
  });
