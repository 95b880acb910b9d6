import { Done } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { maybeOne } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import * as sql from '../board-finding-statements.ts';
import { insertBoard } from '../board-statements.ts';

const FIRST_INTERVAL_SECONDS = 6 * 3_600;

/** `wake` lets the watchers look before they would have. */
export const answerBoardOperation = ({ wake }: { wake: () => void }) =>
  command({
    name: 'sources.answerBoard',
    lane: 'hot',
    permission: 'account.write',
    summary:
      'Say whether a job board that was found on a company’s own site is its own: it is watched from now on, or never proposed for this account again.',
    input: z.strictObject({
      accountId: z.uuid(),
      source: z.string().min(1).max(120),
      board: z.string().min(1).max(200),
      answer: z.enum(['take', 'refuse']),
    }),
    output: Done,
    afterCommit: wake,
    async run({ tx, actor, now }, { accountId, source, board, answer }) {
      const proposal = await maybeOne(tx, sql.lockProposal, accountId, source, board);
      if (proposal === null || proposal.state !== 'open')
        throw new DomainError('not_found', 'This board is answered for already, or was not proposed here.');
      const id = newId(now);
      if (answer === 'take') {
        const owner = await maybeOne(tx, sql.watchedFor, source, board);
        if (owner !== null)
          throw new DomainError(
            'conflict',
            `This board is watched for ${owner.accountName} already. Merge the two accounts if they are one company, or refuse it.`,
          );
        const values = [accountId, source, board, now, FIRST_INTERVAL_SECONDS, proposal.foundOn] as const;
        await tx.rows(insertBoard, id, ...values);
      }
      const state = answer === 'take' ? 'taken' : 'refused';
      await tx.rows(sql.answerProposal, accountId, source, board, state, actor.id, now);
      return {
        output: { id: accountId },
        audit: {
          action: answer === 'take' ? 'board.taken' : 'board.refused',
          subjectKind: 'account',
          subjectId: accountId,
          detail: { source, board },
        },
        events: [{ kind: 'source.changed', payload: { accountId } }],
      };
    },
  });
