import { DomainError } from '@penstock/kernel/domain-error';
import { Done } from '@penstock/kernel/contract';
import { statement } from '@penstock/store/statement';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { readAccount } from '../account-statements.ts';
import { ACCOUNT_TRAITS, traitProblem } from '../model/account-trait.ts';

/** Implemented by scoring: what is known of an account has changed, so its fit has. */
export type AccountTraitsChanged = (tx: Tx, accountIds: readonly string[], now: Date) => Promise<void>;

const setTrait = statement(
  'set_account_trait',
  `insert into account_trait (workspace_id, account_id, trait, words, member_id, updated_at) values ($1, $2, $3, $4::text[], $5, $6)
   on conflict (workspace_id, account_id, trait) do update set words = excluded.words, member_id = excluded.member_id, updated_at = excluded.updated_at`,
);
const dropTrait = statement(
  'drop_account_trait',
  'delete from account_trait where workspace_id = $1 and account_id = $2 and trait = $3',
);

const Word = z.string().trim().min(1, 'is empty').max(80);

/** What somebody knows of a company: its pains, its tools, how many decide. No words: what providers report counts again. */
export function setAccountTraitOperation(deps: { onChanged: AccountTraitsChanged }) {
  return command({
    name: 'accounts.setTrait',
    lane: 'hot',
    permission: 'account.write',
    summary: 'Say what is known of an account: business model, growth stage, tools, pains, who decides.',
    input: z.object({ id: z.uuid(), trait: z.enum(ACCOUNT_TRAITS), words: z.array(Word).max(50) }),
    output: Done,
    async run({ tx, actor, now }, { id, trait, words }) {
      if (actor.kind !== 'member')
        throw new DomainError('forbidden', 'Only a member can say this. Sign in as a person.');
      const problem = traitProblem(trait, words);
      if (problem)
        throw new DomainError('invalid', `words: ${problem}.`, {
          issues: [{ field: 'words', problem, remedy: 'Send one whole number, such as "6".' }],
        });
      if (!(await maybeOne(tx, readAccount, id)))
        throw new DomainError('not_found', 'There is no such account in this workspace.');
      if (words.length === 0) await tx.rows(dropTrait, id, trait);
      else await tx.rows(setTrait, id, trait, [...new Set(words)], actor.id, now);
      await deps.onChanged(tx, [id], now);
      return {
        output: { id },
        audit: {
          action: 'account.trait_set',
          subjectKind: 'account',
          subjectId: id,
          detail: { trait, words: words.length },
        },
        events: [{ kind: 'account.changed', payload: { accountId: id, what: 'trait' } }],
      };
    },
  });
}
