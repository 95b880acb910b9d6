import type { Store } from '@penstock/store/store';
import { one, type Tx } from '@penstock/store/tx';

import { giveWay } from './give-way.ts';
import { mayTidy } from './mass-statements.ts';
import { dropSomeOtherScores } from './version-statements.ts';

const SLICE = 2_000;
const LOWEST_ID = '00000000-0000-0000-0000-000000000000';

/** Removes scores of versions that are not in force, slice by slice; a call removes one and says whether there is more. Not while a version is summed. */
export function dropper(): (tx: Tx) => Promise<'more' | void> {
  let from = LOWEST_ID;
  return async (tx) => {
    if (!(await one(tx, mayTidy)).won) return;
    const dropped = await tx.rows(dropSomeOtherScores, from, SLICE);
    for (const { accountId } of dropped) if (accountId > from) from = accountId;
    if (dropped.length === SLICE) return 'more';
  };
}

/** Removes all of them; nobody waits for it. */
export async function dropOthers(store: Store, workspaceId: string): Promise<void> {
  const drop = dropper();
  for (let more: 'more' | void = 'more'; more === 'more';) {
    const start = performance.now();
    more = await store.inWorkspace(workspaceId, drop);
    if (more) await giveWay(performance.now() - start);
  }
}
