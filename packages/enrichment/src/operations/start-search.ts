import { Done, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import type { Tx } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import type { Catalogue } from '../described-providers.ts';
import type { Persona } from '../model/personas.ts';
import {
  accountsOf,
  askableOf,
  linesOf,
  WhomToSearch,
  type AccountsToSearch,
} from '../people-search/askable-accounts.ts';
import { makePeopleSearch } from '../people-search/make-search.ts';
import type { SearchAccount } from '../search-people.ts';
import { spendersOf } from './start-list-run.ts';

const Micros = z.int().positive().max(1_000_000_000_000);

export const startSearchOperation = (deps: Catalogue) =>
  command({
    name: 'enrichment.startSearch',
    lane: 'hot',
    permission: 'enrichment.run',
    summary:
      'Search for personas at many accounts: so many of each at each account, for at most so much in all. Whoever is found makes a list, and is enriched if that is wished.',
    input: z.object({
      ...WhomToSearch,
      name: plainText(120).pipe(z.string().min(1, 'is missing: give the search a name')),
      provider: z.string().min(1).max(60),
      /** What all of it may cost. */
      limitMicros: Micros.nullish(),
      /** Enrich whoever is found, for at most so much. */
      enrichMicros: Micros.nullish(),
      teamId: z.uuid().nullish(),
      campaignId: z.uuid().nullish(),
    }),
    output: Done.extend({ accounts: z.int(), importId: z.string() }),
    async run({ tx, actor, now }, input) {
      const askable = await askableFor(tx, deps, input, now);
      const spenders = await spendersOf(
        tx,
        { teamId: input.teamId, campaignId: input.campaignId },
        actor.teamId,
      );
      const { name, provider, personas, limitMicros = null, enrichMicros = null } = input;
      const accountIds = askable.map(({ id }) => id);
      const search = { name, provider, personas, accountIds, limitMicros, enrichMicros, ...spenders };
      const made = await makePeopleSearch(tx, { ...search, createdBy: actor.id }, now);
      return {
        output: { ...made, accounts: askable.length },
        audit: {
          action: 'people_search.started',
          subjectKind: 'people_search',
          subjectId: made.id,
          detail: { accounts: askable.length, provider },
        },
        events: [{ kind: 'people_search.changed', payload: { searchId: made.id } }],
      };
    },
  });

type Wish = { provider: string; personas: Persona[]; accounts: z.output<typeof AccountsToSearch> };

/** @throws DomainError where nobody can be asked, or about nobody */
async function askableFor(tx: Tx, deps: Catalogue, wish: Wish, now: Date): Promise<SearchAccount[]> {
  const { provider, personas, accounts } = wish;
  const line = (await linesOf(tx, deps)).find(({ adapter }) => adapter.manifest.id === provider);
  if (!line)
    throw new DomainError('invalid', 'provider: searches for nobody, or has no key.', {
      issues: [
        {
          field: 'provider',
          problem: 'can’t be asked',
          remedy: 'Choose one that searches, and add its key.',
        },
      ],
    });
  const found = await accountsOf(tx, accounts);
  const { askable, skipped } = await askableOf(tx, line, found, personas, now);
  if (askable.length > 0) return askable;
  const why = skipped.map((one) => `${one.accounts} ${one.because}`).join(', ');
  throw new DomainError('conflict', `None of the ${found.length} accounts can be asked about: ${why}.`);
}
