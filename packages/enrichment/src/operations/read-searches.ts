import { Instant } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { Personas } from '../people-search/make-search.ts';
import * as sql from '../people-search/search-statements.ts';

const LOWEST_ID = '00000000-0000-0000-0000-000000000000';
const State = z.enum(['running', 'paused', 'finished', 'cancelled']);
const SearchShown = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.string(),
  personas: Personas,
  state: State,
  /** Why it stands still. */
  reason: z.string(),
  /** The list that whoever was found makes, and the run that enriches it. */
  importId: z.string(),
  runId: z.string().nullable(),
  enrichMicros: z.int().nullable(),
  limitMicros: z.int().nullable(),
  accounts: z.int(),
  done: z.int(),
  skipped: z.int(),
  failed: z.int(),
  found: z.int(),
  created: z.int(),
  known: z.int(),
  chargedMicros: z.int(),
  createdAt: Instant,
  endedAt: Instant.nullable(),
});
const shown = (search: sql.SearchView) => ({ ...search, personas: Personas.parse(search.personas) });

export const listSearches = query({
  name: 'enrichment.searches',
  lane: 'hot',
  permission: 'enrichment.read',
  summary: 'Searches for people at many accounts, newest first, with how far each is and what it cost.',
  input: z.object({}),
  output: z.object({ items: z.array(SearchShown) }),
  run: async ({ tx }) => ({ items: (await tx.rows(sql.readSearches, null)).map(shown) }),
});

export const searchAccounts = query({
  name: 'enrichment.searchAccounts',
  lane: 'hot',
  permission: 'enrichment.read',
  summary: 'What a search did about each account, and why it left one out.',
  input: z.object({
    id: z.uuid(),
    cursor: z.guid().nullish(),
    limit: z.coerce.number().int().min(1).max(1_000).default(200),
  }),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        state: z.enum(['open', 'asking', 'found', 'nobody', 'skipped', 'failed']),
        because: z.string(),
        found: z.int(),
        created: z.int(),
        known: z.int(),
        chargedMicros: z.int(),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
  async run({ tx }, { id, cursor, limit }) {
    if ((await tx.rows(sql.readSearches, id)).length === 0)
      throw new DomainError('not_found', 'There is no such search in this workspace.');
    const rows = await tx.rows(sql.readSearchAccounts, id, cursor ?? LOWEST_ID, limit);
    return { items: rows, nextCursor: rows.length === limit ? (rows.at(-1)?.id ?? null) : null };
  },
});
