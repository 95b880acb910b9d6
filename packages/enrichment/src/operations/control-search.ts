import { Done } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { maybeOne } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { setLimit } from '../budget-statements.ts';
import * as sql from '../people-search/search-statements.ts';

const Micros = z.int().positive().max(1_000_000_000_000);

const MOVES = {
  pause: { to: 'paused', from: ['running'], reason: 'Paused by hand.' },
  resume: { to: 'running', from: ['paused'], reason: '' },
  cancel: { to: 'cancelled', from: ['running', 'paused'], reason: 'Cancelled by hand.' },
} as const;

export const controlSearch = command({
  name: 'enrichment.controlSearch',
  lane: 'hot',
  permission: 'enrichment.run',
  summary: 'Pause, resume or cancel a search for people; whoever was found and paid for is kept.',
  input: z.strictObject({
    id: z.uuid(),
    action: z.enum(['pause', 'resume', 'cancel']),
    /** With `resume`: what the whole search may cost from now on. */
    limitMicros: Micros.nullish(),
  }),
  output: Done,
  async run({ tx, now }, { id, action, limitMicros }) {
    const move = MOVES[action];
    const search = await maybeOne(tx, sql.lockSearch, id);
    if (!search) throw new DomainError('not_found', 'There is no such search in this workspace.');
    const moved = await tx.rows(sql.moveSearch, id, move.to, move.reason, now, [...move.from]);
    if (moved.length === 0)
      throw new DomainError('conflict', `The search is ${search.state}: it can’t be ${move.to} from there.`);
    if (action === 'resume' && limitMicros) await tx.rows(setLimit, newId(now), 'run', id, limitMicros);
    return {
      output: { id },
      audit: { action: `people_search.${action}`, subjectKind: 'people_search', subjectId: id },
      events: [{ kind: 'people_search.changed', payload: { searchId: id } }],
    };
  },
});
