import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import { maybeOne } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { insertBoard } from '../board-statements.ts';
import { boardInUrl, boardsInPage } from '../model/board-address.ts';

const readTarget = statement<{ id: string }>(
  'read_account_of_board',
  `select id from account where workspace_id = $1 and id = $2 and state in ('active', 'proposed')`,
);
const FIRST_INTERVAL_SECONDS = 6 * 3_600;

export const watchBoard = command({
  name: 'sources.watchBoard',
  lane: 'hot',
  permission: 'providers.manage',
  summary:
    'Watch the job board of an account, named by a link to it or found in the text of the company’s careers page.',
  input: z.strictObject({
    accountId: z.uuid(),
    url: z.string().trim().max(2_000).optional(),
    page: z.string().max(2_000_000).optional(),
  }),
  output: z.object({ boardId: z.string(), source: z.string(), board: z.string() }),
  async run({ tx, now }, input) {
    const address = (input.url ? boardInUrl(input.url) : null) ?? boardsInPage(input.page ?? '')[0] ?? null;
    if (address === null)
      throw new DomainError(
        'invalid',
        'url: no job board is named there. Give a link to a board at Greenhouse, Lever, Ashby, SmartRecruiters, Workable or Recruitee.',
      );
    if ((await maybeOne(tx, readTarget, input.accountId)) === null)
      throw new DomainError('not_found', 'There is no such account. Choose one that is active or proposed.');
    const id = newId(now);
    const made = await maybeOne(
      tx,
      insertBoard,
      id,
      input.accountId,
      address.source,
      address.board,
      now,
      FIRST_INTERVAL_SECONDS,
      '',
    );
    if (made === null)
      throw new DomainError('conflict', 'This board is watched already. Look for it under Sources.');
    return {
      output: { boardId: id, source: address.source, board: address.board },
      audit: { action: 'board.watched', subjectKind: 'job_board', subjectId: id },
      events: [{ kind: 'source.changed', payload: { boardId: id } }],
    };
  },
});
