import type { Clock } from '@penstock/kernel/clock';
import { lowestIdAt } from '@penstock/kernel/ids';
import type { Store } from '@penstock/store/store';
import { one } from '@penstock/store/tx';

import { judgeWindow, type Window } from '../model/balance-windows.ts';
import type { ProviderAdapter } from '../provider-port.ts';
import * as sql from './reconcile-statements.ts';
import { settleUnknown } from './settle-unknown.ts';

const WEEK_MS = 7 * 86_400_000;
/** A vendor may still be at work on a call that nobody waits for any more. */
export const LEFT_ALONE_MS = 2 * 60_000;

/**
 * Settles calls of unknown charge by what went from their key's balance, where earlier looks show that it tells. Others get a note that
 * says why not. @returns how many were settled
 */
export async function reconcileByBalance(
  { store, clock }: { store: Store; clock: Clock },
  workspaceId: string,
  key: { id: string; adapter: ProviderAdapter },
): Promise<number> {
  const now = clock.now();
  const since = new Date(now.getTime() - WEEK_MS);
  return store.inWorkspace(workspaceId, async (tx) => {
    if (!(await one(tx, sql.anyUnknown, key.id)).unknown) return 0;
    const rows = await tx.rows(sql.readWindows, key.id, since, lowestIdAt(since));
    const windows = windowsOf(rows, key.adapter);
    let settled = 0;
    for (const [at, { window, endMs, isWhole }] of windows.entries()) {
      if (window.unknown.length === 0 || !isWhole || now.getTime() - endMs > WEEK_MS) continue;
      const earlier = windows.slice(0, at).flatMap((one) => (one.isWhole ? [one.window] : []));
      const { state, because } = judgeWindow(window, earlier);
      const ids = window.unknown.map(({ id }) => id);
      if (state === 'unclear') await tx.rows(sql.noteCalls, ids, because);
      else
        settled += (await settleUnknown(tx, ids, state === 'charged', { word: because, by: 'balance' }, now))
          .length;
    }
    return settled;
  });
}

type Told = { window: Window; endMs: number; isWhole: boolean };

function windowsOf(rows: readonly sql.WindowRow[], { manifest }: ProviderAdapter): Told[] {
  const microsPerCredit = (capability: string | null): number =>
    manifest.capabilities.find(({ id }) => id === capability)?.price.microsPerCredit ?? 0;
  return [...Map.groupBy(rows, ({ at }) => at.getTime())].map(([endMs, parts]) => ({
    endMs,
    // Calls under way, or one that this release has no price for: it tells nothing.
    isWhole: parts.every(
      ({ open, capability }) => open === 0 && (capability === null || microsPerCredit(capability) > 0),
    ),
    window: {
      wentCredits: parts[0]?.wentCredits ?? 0,
      known: parts.flatMap(({ capability, knownCredits, knownMicros }) =>
        capability === null
          ? []
          : [{ capability, credits: knownCredits + knownMicros / microsPerCredit(capability) }],
      ),
      unknown: parts.flatMap(({ capability, unknownIds, unknownMicros }) =>
        unknownIds.map((id, at) => ({
          id,
          capability: capability ?? '',
          credits: (unknownMicros[at] ?? 0) / microsPerCredit(capability),
        })),
      ),
    },
  }));
}
