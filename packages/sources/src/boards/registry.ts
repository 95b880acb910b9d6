import type { BoardAdapter } from '@penstock/signals/board-port';

import { ashby } from './ashby.ts';
import { greenhouse } from './greenhouse.ts';
import { leverBoard } from './lever.ts';
import { recruitee } from './recruitee.ts';
import { smartRecruiters } from './smartrecruiters.ts';
import { workable } from './workable.ts';

/** Every job board that can be watched, by the id of its manifest. */
export const boardAdapters: ReadonlyMap<string, BoardAdapter> = new Map(
  [greenhouse, leverBoard('global'), leverBoard('eu'), ashby, smartRecruiters, workable, recruitee].map(
    (adapter) => [adapter.manifest.id, adapter],
  ),
);
