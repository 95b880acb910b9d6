import { lowestIdAt, newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import { one } from '@penstock/store/tx';

import { blockCredential } from './call-gate/gate-statements.ts';
import { checkKey } from './check-key.ts';
import { adaptersIn } from './described-providers.ts';
import { forgetSecrets } from './key-statements.ts';
import type { ProviderAdapter } from './provider-port.ts';
import { LEFT_ALONE_MS, reconcileByBalance } from './reconcile/by-balance.ts';
import { reconcileByLookUp } from './reconcile/by-look-up.ts';
import * as sql from './reconcile/reconcile-statements.ts';
import type { WaterfallDeps } from './waterfall-run.ts';

/** What was refused for want of credits may be asked again once there are some. */
const noteBalance = statement(
  'note_key_balance_again',
  `with noted as (update provider_credential set balance_credits = $3, balance_at = $4 where workspace_id = $1 and id = $2)
   delete from provider_block where workspace_id = $1 and credential_id = $2 and reason = 'quota_exhausted' and $3::float8 > 0`,
);

const STALE_MS = 3_600_000;
/** Between looks at a key that is being asked. */
const SOON_MS = 10 * 60_000;
const DAY_MS = 86_400_000;
const KEPT_DAYS = 8;
/** Since the last call: a vendor's books may be a little late, and so may another worker's clock. */
const QUIET_MS = 15_000;
/** Longer than any call is waited for. */
const UNDER_WAY_MS = 2 * 3_600_000;
const REFUSED_MS = 5 * 60_000;

type Key = { id: string; provider: string; secretSealed: string };

/**
 * Asks the vendors that tell it for free what is left on each key: once an hour, and oftener while something is asked with it. Where nothing
 * was under way the look is kept, and tells of calls of unknown charge. @returns how many keys were looked at
 */
export async function refreshBalances(deps: WaterfallDeps, workspaceId: string): Promise<number> {
  const { store, clock } = deps;
  const before = (ms: number) => new Date(clock.now().getTime() - ms);
  const { keys, adapters } = await store.inWorkspace(workspaceId, async (tx) => {
    await tx.rows(forgetSecrets);
    await tx.rows(sql.dropBalances, before(KEPT_DAYS * DAY_MS));
    const sinceId = lowestIdAt(before(KEPT_DAYS * DAY_MS));
    return {
      keys: await tx.rows(sql.keysToLookAt, before(SOON_MS), before(STALE_MS), sinceId),
      adapters: await adaptersIn(tx, deps),
    };
  });
  let looked = 0;
  for (const key of keys) {
    const adapter = adapters.get(key.provider);
    if (!adapter?.balance) continue;
    looked += 1;
    if (await look(deps, workspaceId, key, adapter))
      await reconcileByBalance(deps, workspaceId, { id: key.id, adapter });
  }
  await reconcileByLookUp(deps, workspaceId);
  return looked;
}

/** @returns true if it lies between calls */
async function look(
  deps: WaterfallDeps,
  workspaceId: string,
  key: Key,
  adapter: ProviderAdapter,
): Promise<boolean> {
  const { store, clock, send } = deps;
  const quietNow = () => {
    const now = clock.now();
    const since = lowestIdAt(new Date(now.getTime() - UNDER_WAY_MS));
    return store.inWorkspace(workspaceId, (tx) =>
      one(
        tx,
        sql.readQuiet,
        key.id,
        new Date(now.getTime() - QUIET_MS),
        since,
        new Date(now.getTime() - LEFT_ALONE_MS),
      ),
    );
  };
  const first = await quietNow();
  const check = await checkKey(send, workspaceId, adapter, key.secretSealed);
  const now = clock.now();
  if (check.state === 'refused')
    await store.inWorkspace(workspaceId, (tx) =>
      tx.rows(blockCredential, key.id, REFUSED_MS, 'unauthorized', now),
    );
  if (check.state !== 'taken') return false;
  const { credits } = check;
  await store.inWorkspace(workspaceId, (tx) => tx.rows(noteBalance, key.id, credits, now));
  const then = await quietNow();
  if (!first.quiet || !then.quiet || first.newest !== then.newest) return false;
  await store.inWorkspace(workspaceId, (tx) => tx.rows(sql.insertBalance, newId(now), key.id, credits, now));
  return true;
}

/** The same in every workspace. */
export async function refreshBalancesEverywhere(deps: WaterfallDeps): Promise<void> {
  for (const { workspaceId } of await deps.store.dueWork.workspaces())
    await refreshBalances(deps, workspaceId);
}
