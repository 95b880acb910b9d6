import type { Clock } from '@penstock/kernel/clock';
import type { Store } from '@penstock/store/store';

import { forgetUnmatched } from './unmatched-mail-statements.ts';

/** Mails with people whom nobody has known for so long are forgotten, and what was decided on them can't be taken back any more. */
export async function forgetUnmatchedMails({ store, clock }: { store: Store; clock: Clock }): Promise<void> {
  for (const { workspaceId } of await store.dueWork.workspaces())
    await store.inWorkspace(workspaceId, (tx) => tx.rows(forgetUnmatched, clock.now()));
}
