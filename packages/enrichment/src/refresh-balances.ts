import { lowestIdAt, newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

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
/** Between the clocks of workers. */
const SKEW_MS = 60_000;

type Key = sql.KeyToLookAt;
type Lately = { at: Date; keys: ReadonlyMap<string, sql.LatelyAsked> };

/**
 * Asks the vendors that tell it for free what is left on each key: once an hour, and oftener while something is asked with it. Where nothing
 * was under way the look is kept, and tells of calls of unknown charge. @returns how many keys were looked at
 */
export async function refreshBalances(deps: WaterfallDeps, workspaceId: string): Promise<number> {
  const { store, clock } = deps;
  const before = (ms: number) => new Date(clock.now().getTime() - ms);
  const { keys, adapters, lately } = await store.inWorkspace(workspaceId, async (tx) => {
    await tx.rows(forgetSecrets);
    await tx.rows(sql.dropBalances, before(KEPT_DAYS * DAY_MS));
    const sinceId = lowestIdAt(before(KEPT_DAYS * DAY_MS));
    const candidates = await tx.rows(sql.keysToLookAt, before(SOON_MS), before(STALE_MS), sinceId);
    const asked = candidates.length === 0 ? NOTHING : await askedLately(tx, clock.now(), UNDER_WAY_MS);
    return {
      keys: candidates.filter((key) => isWorthALook(key, asked)),
      adapters: await adaptersIn(tx, deps),
      lately: asked,
    };
  });
  let looked = 0;
  for (const key of keys) {
    const adapter = adapters.get(key.provider);
    if (!adapter?.balance) continue;
    looked += 1;
    if (await look(deps, workspaceId, key, adapter, lately))
      await reconcileByBalance(deps, workspaceId, { id: key.id, adapter });
  }
  await reconcileByLookUp(deps, workspaceId);
  return looked;
}

const NOTHING: Lately = { at: new Date(0), keys: new Map() };

/** Of calls that were begun at most so long ago. */
async function askedLately(tx: Tx, now: Date, withinMs: number): Promise<Lately> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  const rows = await tx.rows(
    sql.readLatelyAsked,
    lowestIdAt(before(withinMs)),
    before(QUIET_MS),
    before(LEFT_ALONE_MS),
  );
  return { at: now, keys: new Map(rows.map((row) => [row.credentialId, row])) };
}

function isWorthALook({ id, due, keptAt, askedSince }: Key, { keys }: Lately): boolean {
  const lastAt = keys.get(id)?.lastAt ?? null;
  return due || askedSince || (lastAt !== null && (keptAt === null || lastAt > keptAt));
}

/**
 * @param lately what was asked before anybody was looked at: only what came since is read again
 * @returns true if it lies between calls
 */
async function look(
  deps: WaterfallDeps,
  workspaceId: string,
  key: Key,
  adapter: ProviderAdapter,
  lately: Lately,
): Promise<boolean> {
  const { store, clock, send } = deps;
  const check = await checkKey(send, workspaceId, adapter, key.secretSealed);
  const now = clock.now();
  if (check.state === 'refused')
    await store.inWorkspace(workspaceId, (tx) =>
      tx.rows(blockCredential, key.id, REFUSED_MS, 'unauthorized', now),
    );
  if (check.state !== 'taken') return false;
  const { credits } = check;
  await store.inWorkspace(workspaceId, (tx) => tx.rows(noteBalance, key.id, credits, now));
  if (lately.keys.get(key.id)?.busy === true) return false;
  return store.inWorkspace(workspaceId, async (tx) => {
    const goneMs = Math.max(0, clock.now().getTime() - lately.at.getTime());
    const since = (await askedLately(tx, clock.now(), goneMs + SKEW_MS)).keys.get(key.id);
    const newest = lately.keys.get(key.id)?.newest ?? '';
    if (since?.busy === true || (since?.newest ?? '') > newest) return false;
    await tx.rows(sql.insertBalance, newId(now), key.id, credits, now);
    return true;
  });
}

/** The same in every workspace. */
export async function refreshBalancesEverywhere(deps: WaterfallDeps): Promise<void> {
  for (const { workspaceId } of await deps.store.dueWork.workspaces())
    await refreshBalances(deps, workspaceId);
}
