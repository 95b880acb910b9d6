import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import type { Catalogue } from '../described-providers.ts';
import { priceMicros } from '../model/planner.ts';
import { Room, roomLeft } from '../room-left.ts';
import { accountsOf, askableOf, linesOf, WhomToSearch } from '../people-search/askable-accounts.ts';

export const forecastSearchOperation = (deps: Catalogue) =>
  query({
    name: 'enrichment.forecastSearch',
    lane: 'hot',
    permission: 'enrichment.run',
    summary: 'What searching for personas at many accounts would cost at most, by provider. Nobody is asked.',
    input: z.object(WhomToSearch),
    output: z.object({
      accounts: z.int(),
      /** People that are known there already. */
      people: z.int(),
      ...Room,
      providers: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          /** Of one account, at most. */
          priceMicros: z.int(),
          askable: z.int(),
          skipped: z.array(z.object({ because: z.string(), accounts: z.int() })),
          mostMicros: z.int(),
        }),
      ),
    }),
    async run({ tx, actor, now }, { accounts, personas }) {
      const found = await accountsOf(tx, accounts);
      const providers = [];
      for (const line of await linesOf(tx, deps)) {
        const { askable, skipped } = await askableOf(tx, line, found, personas, now);
        const price = priceMicros(line.capability);
        providers.push({
          id: line.adapter.manifest.id,
          name: line.adapter.manifest.name,
          priceMicros: price,
          askable: askable.length,
          skipped,
          mostMicros: price * askable.length,
        });
      }
      return {
        accounts: found.length,
        people: found.reduce((sum, { people }) => sum + people, 0),
        ...(await roomLeft(tx, { teamId: actor.teamId, campaignId: null }, now)),
        providers: providers.toSorted(
          // Whoever searches for nothing keeps names back.
          (a, b) =>
            b.askable - a.askable ||
            Number(a.priceMicros === 0) - Number(b.priceMicros === 0) ||
            a.mostMicros - b.mostMicros,
        ),
      };
    },
  });
