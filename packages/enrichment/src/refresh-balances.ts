import type { Clock } from '@penstock/kernel/clock';
import { statement } from '@penstock/store/statement';
import type { Store } from '@penstock/store/store';

import { blockCredential } from './call-gate/gate-statements.ts';
import { checkKey } from './check-key.ts';
import { forgetSecrets } from './key-statements.ts';
import { adaptersIn, type Catalogue } from './described-providers.ts';
import type { WaterfallDeps } from './waterfall-run.ts';

const staleKeys = statement<{ id: string; provider: string; secretSealed: string }>(
  'read_keys_of_stale_balance',
  `select id, provider, secret_sealed as "secretSealed" from provider_credential
   where workspace_id = $1 and active and coalesce(balance_at, created_at) < $2 order by id`,
);
/** What was refused for want of credits may be asked again once there are some. */
const noteBalance = statement(
  'note_key_balance_again',
  `with noted as (update provider_credential set balance_credits = $3, balance_at = $4 where workspace_id = $1 and id = $2)
   delete from provider_block where workspace_id = $1 and credential_id = $2 and reason = 'quota_exhausted' and $3::float8 > 0`,
);

const STALE_MS = 3_600_000;
const REFUSED_MS = 5 * 60_000;

type Deps = Catalogue & { store: Store; clock: Clock; send: WaterfallDeps['send'] };

/** Asks the vendors that tell it for free what is left on each key, at most once an hour. */
export async function refreshBalances(deps: Deps, workspaceId: string): Promise<number> {
  const { store, clock, send } = deps;
  const before = new Date(clock.now().getTime() - STALE_MS);
  const { keys, adapters } = await store.inWorkspace(workspaceId, async (tx) => ({
    keys: await tx.rows(staleKeys, before),
    adapters: await adaptersIn(tx, deps),
  }));
  await store.inWorkspace(workspaceId, (tx) => tx.rows(forgetSecrets));
  let asked = 0;
  for (const key of keys) {
    const adapter = adapters.get(key.provider);
    if (!adapter?.balance) continue;
    asked += 1;
    const check = await checkKey(send, workspaceId, adapter, key.secretSealed);
    const now = clock.now();
    await store.inWorkspace(workspaceId, async (tx) => {
      if (check.state === 'taken') await tx.rows(noteBalance, key.id, check.credits, now);
      if (check.state === 'refused') await tx.rows(blockCredential, key.id, REFUSED_MS, 'unauthorized', now);
    });
  }
  return asked;
}

/** The same in every workspace. */
export async function refreshBalancesEverywhere(deps: Deps): Promise<void> {
  for (const { workspaceId } of await deps.store.dueWork.workspaces())
    await refreshBalances(deps, workspaceId);
}
