import { scoringPort } from '@penstock/scoring/rescore';
import { openDayMeter } from '@penstock/signals/day-meter';
import { COMPANY_PRESS_SOURCE, pollPress, type PressReport } from '@penstock/signals/poll-press';
import type { SourceRequest } from '@penstock/signals/source-port';
import { gdelt } from '@penstock/sources/gdelt/gdelt';

import type { WorkerDeps } from '../worker-deps.ts';

/** It asks for one request in five seconds from whoever asks, for all workspaces together. */
const GAP_MS = 5_500;

type Watch = { workspaceId: string; watchId: string; source: string };

/** Asks the press about one account at a time, of whichever workspace. */
export function createPressLook(deps: Pick<WorkerDeps, 'store' | 'clock' | 'outside'>) {
  const { store, clock, outside } = deps;
  let lastMs = Number.NEGATIVE_INFINITY;
  return async (watch: Watch): Promise<PressReport> => {
    const kind = await outside.kindOf(watch.workspaceId);
    const meter = openDayMeter(deps, watch);
    const fetch = async (request: SourceRequest) => {
      await meter.ask();
      lastMs = clock.now().getTime();
      const headers = { ...request.headers, 'user-agent': outside.contact };
      return outside.fetchFromSource(kind, gdelt, { ...request, headers });
    };
    const waitMs = () => Math.max(0, lastMs + GAP_MS - clock.now().getTime());
    try {
      return await pollPress({ store, clock, scoring: scoringPort, press: gdelt, waitMs, fetch }, watch);
    } finally {
      await meter.settle();
    }
  };
}

/** The watch of the press, and how it is looked at. */
export function pressLooks(
  deps: Pick<WorkerDeps, 'store' | 'clock' | 'log' | 'outside'>,
): Readonly<Partial<Record<string, (watch: Watch) => Promise<void>>>> {
  const look = createPressLook(deps);
  return {
    async [COMPANY_PRESS_SOURCE](watch) {
      deps.log.info({ source: watch.source, ...(await look(watch)) }, 'press asked');
    },
  };
}
