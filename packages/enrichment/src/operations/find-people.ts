import { plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { invariant } from '@penstock/kernel/invariant';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { adaptersIn } from '../described-providers.ts';
import { insertImport } from '../import-statements.ts';
import { sortFound } from '../model/found-people.ts';
import { priceMicros } from '../model/planner.ts';
import { readCredentials } from '../run-statements.ts';
import {
  readSearchAccount,
  searchOf,
  searchPeople,
  type SearchDeps,
  type Searched,
} from '../search-people.ts';
import { takeFoundRows } from '../take-found-rows.ts';

const MOST = 25;

/** Step zero: the company is known, and whom to talk to there is not. */
export function findPeopleOperations(deps: SearchDeps) {
  return { preview: previewOperation(deps), find: findOperation(deps) };
}

const previewOperation = (deps: SearchDeps) =>
  query({
    name: 'enrichment.peopleSearch',
    lane: 'hot',
    permission: 'enrichment.run',
    summary: 'Who could be asked for the people of an account, and what it would cost. Nobody is asked.',
    input: z.object({ accountId: z.uuid() }),
    output: z.object({
      account: z.string(),
      /** People that are known there already. */
      people: z.int(),
      hasDomain: z.boolean(),
      providers: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          hasKey: z.boolean(),
          /** Of one search, at most. */
          priceMicros: z.int(),
          /** What the vendor gives with a name. */
          gives: z.array(z.string()),
        }),
      ),
    }),
    async run({ tx }, { accountId }) {
      const account = await maybeOne(tx, readSearchAccount, accountId);
      if (!account)
        throw new DomainError('not_found', 'There is no such account, or it is not accepted yet.');
      const keys = await tx.rows(readCredentials);
      const adapters = await adaptersIn(tx, deps);
      const providers = [...adapters.values()].flatMap((adapter) => {
        const capability = searchOf(adapter);
        if (!capability) return [];
        const { id, name } = adapter.manifest;
        return {
          id,
          name,
          hasKey: keys.some(({ provider }) => provider === id),
          priceMicros: priceMicros(capability),
          gives: [...capability.gives],
        };
      });
      return {
        account: account.name,
        people: account.people,
        hasDomain: account.domain !== null,
        providers: providers.toSorted(
          (a, b) => Number(b.hasKey) - Number(a.hasKey) || a.priceMicros - b.priceMicros,
        ),
      };
    },
  });

const Request = z.object({
  accountId: z.uuid(),
  provider: z.string().min(1).max(60),
  /** Positions in words, as the vendor’s search takes them. */
  titles: z
    .array(plainText(80).pipe(z.string().min(1, 'is empty')))
    .min(1)
    .max(10),
  /** People that are taken at most. */
  most: z.int().min(1).max(MOST).default(10),
});
const Found = z.object({
  /** The list that was made; null where nobody was found. */
  importId: z.string().nullable(),
  found: z.int(),
  created: z.int(),
  /** Were known already: what was unknown of them is filled in. */
  known: z.int(),
  refused: z.int(),
  /** Named without a family name, which the vendor keeps back. */
  hidden: z.int(),
  /** More than were wanted. */
  over: z.int(),
  chargedMicros: z.int(),
});

const findOperation = (deps: SearchDeps) =>
  command({
    name: 'enrichment.findPeople',
    lane: 'hot',
    permission: 'enrichment.run',
    summary:
      'Ask a provider who works at an account in certain positions. Whoever is new, or known and not yet in it, makes a list to be enriched; the same search is not paid for twice within a month.',
    input: Request,
    output: Found,
    prepare: ({ store, actor, now }, { accountId, provider, titles }): Promise<Searched> =>
      searchPeople(
        deps,
        store,
        actor.workspaceId,
        { accountId, provider, titles, teamId: actor.teamId },
        now,
      ),
    async run({ tx, actor, now, prepared }, { provider, titles, most }) {
      invariant(prepared, 'the search comes before what is made of it');
      const { account, people } = prepared;
      const output = await takeFound(tx, prepared, { provider, most, authorId: actor.id, now });
      const { importId } = output;
      return {
        output,
        audit: {
          action: 'people.searched',
          subjectKind: 'account',
          subjectId: account.id,
          detail: { provider, positions: titles.length, found: people.length, importId },
        },
        events: [{ kind: 'account.changed', payload: { accountId: account.id } }],
      };
    },
  });

/** Whoever was found, as a list. */
async function takeFound(
  tx: Tx,
  { account, people, ledgerId, chargedMicros }: Searched,
  { provider, most, authorId, now }: { provider: string; most: number; authorId: string; now: Date },
): Promise<z.input<typeof Found>> {
  const { rows, hidden, over } = sortFound(people, most);
  const none = { importId: null, found: people.length, created: 0, known: 0, refused: 0 };
  if (rows.length === 0) return { ...none, hidden, over, chargedMicros };
  const importId = newId(now);
  await tx.rows(insertImport, importId, `People of ${account.name}`, '{}', authorId, now);
  const taken = await takeFoundRows(tx, { importId, account, rows, provider, ledgerId }, now);
  return { importId, found: people.length, ...taken, hidden, over, chargedMicros };
}
