import { idFromKey } from '@penstock/kernel/ids';
import { boardNameOf, boardVendorOf } from '@penstock/sandbox/simulators/job-boards/board-book';
import type { World } from '@penstock/sandbox/world/world';
import { insertBoard } from '@penstock/signals/board-statements';
import type { Store } from '@penstock/store/store';

import { accountIdOf, isKnown } from './seed-world.ts';

const BOARDS = 40;
const FIRST_INTERVAL_SECONDS = 60;

/** Watches the boards of the first known companies, a few of each vendor. */
export async function seedBoards(store: Store, workspaceId: string, world: World, now: Date): Promise<void> {
  const watched = world.companies.filter((_, index) => isKnown(index)).slice(0, BOARDS);
  await store.inWorkspace(workspaceId, async (tx) => {
    for (const company of watched) {
      const source = `board/${boardVendorOf(world, company)}`;
      const board = boardNameOf(company);
      const id = idFromKey(`sandbox:board:${company.key}`);
      await tx.rows(insertBoard, id, accountIdOf(company), source, board, now, FIRST_INTERVAL_SECONDS, '');
    }
  });
}
