import { lowestIdAt } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import { chooseAnew } from './choose-anew.ts';
import { manifestsIn, type Catalogue } from './described-providers.ts';
import { keepDays } from './model/provider-terms.ts';
import type { WaterfallDeps } from './waterfall-run.ts';

const DAY_MS = 86_400_000;
const AT_A_TIME = 2_000;

const readKeepDays = statement<{ provider: string; keepDays: number }>(
  'read_keep_days',
  'select provider, keep_days as "keepDays" from provider_terms where workspace_id = $1 and keep_days is not null',
);
/** Ids are in the order of time: nothing newer than the newest term is looked at. */
const purge = statement<{ personId: string }>(
  'purge_values_past_their_term',
  `with doomed as materialized (
     select o.id from observation o join unnest($2::text[], $3::timestamptz[]) as t (provider, before) on t.provider = o.provider
     where o.workspace_id = $1 and o.id < $4::uuid and o.occurred_at < t.before and o.person_id is not null order by o.id limit $5)
   delete from observation o using doomed d where o.workspace_id = $1 and o.id = d.id returning o.person_id as "personId"`,
);
/**
 * Removes values that a provider's terms, or the workspace's own, let nobody keep any longer, and chooses anew what is shown of the
 * people they were about. What they cost stays in the ledger.
 * @returns how many were removed
 */
export async function purgeValues(
  deps: Pick<WaterfallDeps, 'store' | 'clock'> & Catalogue,
  workspaceId: string,
): Promise<number> {
  const now = deps.clock.now();
  for (let removed = 0; ;) {
    const gone = await deps.store.inWorkspace(workspaceId, (tx) => purgeSome(tx, deps, now));
    removed += gone;
    if (gone < AT_A_TIME) return removed;
  }
}

async function purgeSome(tx: Tx, catalogue: Catalogue, now: Date): Promise<number> {
  const own = new Map((await tx.rows(readKeepDays)).map((row) => [row.provider, row.keepDays]));
  const terms = (await manifestsIn(tx, catalogue)).flatMap(({ id, retentionDays }) => {
    const days = keepDays(retentionDays, own.get(id) ?? null);
    return days === null ? [] : [{ provider: id, before: new Date(now.getTime() - days * DAY_MS) }];
  });
  if (terms.length === 0) return 0;
  const newest = new Date(Math.max(...terms.map(({ before }) => before.getTime())));
  const gone = await tx.rows(
    purge,
    terms.map(({ provider }) => provider),
    terms.map(({ before }) => before),
    lowestIdAt(newest),
    AT_A_TIME,
  );
  const people = [...new Set(gone.map(({ personId }) => personId))].toSorted();
  if (people.length > 0) await chooseAnew(tx, people, now);
  return gone.length;
}
