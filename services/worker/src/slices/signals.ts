import type { WaterfallDeps } from '@penstock/enrichment/waterfall-run';
import { scoringPort } from '@penstock/scoring/rescore';
import { ProviderError } from '@penstock/kernel/provider-error';
import { openDayMeter, type DayMeter } from '@penstock/signals/day-meter';
import type { RecordType } from '@penstock/signals/model/dns-marks';
import { pollBoard } from '@penstock/signals/poll-board';
import { DNS_SOURCE, pollDns } from '@penstock/signals/poll-dns';
import { pollSource } from '@penstock/signals/poll-source';
import {
  SourceError,
  type SealedSecret,
  type SourceAdapter,
  type SourceRequest,
} from '@penstock/signals/source-port';
import { readConfiguredSource } from '@penstock/signals/watch-statements';
import { boardAdapters } from '@penstock/sources/boards/registry';
import { createConfiguredAdapter } from '@penstock/sources/feeds/configured';
import { maybeOne } from '@penstock/store/tx';
import { createWatchSourcesActivities } from '@penstock/workflows/watch-sources/activities';

import { createRobotsGate } from '../robots-gate.ts';
import { spaced } from '../spaced.ts';
import { manifestOf, siteLooks } from './board-finding.ts';
import { pressLooks } from './press-looks.ts';
import { vendorLooks } from './vendor-looks.ts';
import type { WorkerDeps } from '../worker-deps.ts';

const BATCH = 20;
/** In the sandbox there is something new every few minutes. */
const SANDBOX_CADENCE_SECONDS = 60;
/** EDGAR allows ten requests a second over all machines of one requester; this keeps below with room to spare. */
const GAP_MS = 150;

/** Looked at at once: a source that hangs for its whole time must not hold up the others. */
const AT_ONCE = 4;

export function signalsActivities(deps: WorkerDeps, enrichment: WaterfallDeps) {
  return createWatchSourcesActivities(
    sourceLooks(deps, { ...vendorLooks(deps, enrichment), ...pressLooks(deps), ...siteLooks(deps) }),
  );
}

export type LookDeps = Pick<WorkerDeps, 'store' | 'clock' | 'outside'> & {
  log: Pick<WorkerDeps['log'], 'info'>;
};

/** Looks at what is due in a shard; `vendors` look at the sources that are paid, by id. */
export function sourceLooks(
  deps: LookDeps,
  vendors: Readonly<Partial<Record<string, (watch: Watch) => Promise<void>>>>,
) {
  const { store, clock, outside } = deps;
  const inTurn = spaced(GAP_MS);
  const robots = createRobotsGate(outside, clock);
  const lookAt = async (watch: Watch): Promise<void> => {
    const kind = await outside.kindOf(watch.workspaceId);
    return watch.source === DNS_SOURCE
      ? lookAtDns(deps, kind, watch)
      : lookAtSource(deps, kind, watch, inTurn, robots);
  };
  return {
    async pollDue(shard: number) {
      const due = await store.dueWork.dueWatches(clock.now(), shard, BATCH);
      const isVendors = ({ source }: Watch) => vendors[source] !== undefined;
      // Vendors keep their own pace, one look after the other.
      await Promise.all([
        severalAtOnce(1, due.filter(isVendors), async (watch) => vendors[watch.source]?.(watch)),
        severalAtOnce(
          AT_ONCE,
          due.filter((watch) => !isVendors(watch)),
          lookAt,
        ),
      ]);
      const boards = await store.dueWork.dueBoards(clock.now(), shard, BATCH);
      await severalAtOnce(AT_ONCE, boards, (board) => lookAtBoard(deps, board, inTurn));
      const next = await store.dueWork.nextWatchAt(shard);
      const nextDueInMs = next === null ? 60_000 : Math.max(0, next.getTime() - clock.now().getTime());
      return { polled: due.length + boards.length, nextDueInMs };
    },
  };
}

async function severalAtOnce<Item>(
  lanes: number,
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const one = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, one));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

type Watch = { workspaceId: string; watchId: string; source: string };
type InTurn = ReturnType<typeof spaced>;

/** A look whose requests are counted, however it ends. */
async function counted<Report>(
  deps: LookDeps,
  of: { workspaceId: string; source: string },
  look: (ask: DayMeter['ask']) => Promise<Report>,
): Promise<Report> {
  const meter = openDayMeter(deps, of);
  try {
    return await look(meter.ask);
  } finally {
    await meter.settle();
  }
}

async function lookAtSource(
  deps: LookDeps,
  kind: 'sandbox' | 'real',
  watch: Watch,
  inTurn: InTurn,
  robots: ReturnType<typeof createRobotsGate>,
): Promise<void> {
  const { store, clock, outside, log } = deps;
  const own = outside.sourceAdapters(kind).get(watch.source);
  const configured = own ? null : await configuredAdapter(deps, kind, watch);
  const adapter = own ?? configured?.adapter;
  if (!adapter) return;
  const report = await counted(deps, watch, (ask) => {
    const fetch = async (request: SourceRequest) => {
      if (!own) await robots.assertAllowed(watch.workspaceId, adapter, request);
      await ask();
      return inTurn(() => outside.fetchFromSource(kind, adapter, request, configured?.secret));
    };
    return pollSource({ store, clock, scoring: scoringPort, fetch }, adapter, watch);
  });
  log.info({ source: watch.source, ...report }, 'source looked at');
}

async function lookAtBoard(
  deps: LookDeps,
  due: { workspaceId: string; boardId: string; source: string },
  inTurn: InTurn,
): Promise<void> {
  const { store, clock, outside, log } = deps;
  const kind = await outside.kindOf(due.workspaceId);
  const adapter = boardAdapters.get(due.source);
  if (!adapter) return;
  const cadenceSeconds = kind === 'sandbox' ? SANDBOX_CADENCE_SECONDS : null;
  const report = await counted(deps, due, (ask) => {
    const fetch = async (board: string, request: SourceRequest) => {
      await ask();
      return inTurn(() => outside.fetchFromSource(kind, { manifest: manifestOf(adapter, board) }, request));
    };
    return pollBoard({ store, clock, scoring: scoringPort, fetch, cadenceSeconds }, adapter, due);
  });
  log.info({ source: due.source, ...report }, 'board looked at');
}

/** Every few minutes in the sandbox, else once a day and up to eight days where nothing ever changes. */
const DNS_CADENCE_SECONDS = { sandbox: 60, real: 86_400 } as const;

async function lookAtDns(deps: LookDeps, kind: 'sandbox' | 'real', watch: Watch): Promise<void> {
  const { store, clock, outside, log } = deps;
  const web = outside.openWebOf(watch.workspaceId);
  const cadenceSeconds = DNS_CADENCE_SECONDS[kind];
  const report = await counted(deps, watch, (ask) => {
    const resolve = async (name: string, type: RecordType) => {
      await ask();
      return web.resolve(name, type).catch((error: unknown) => {
        if (!(error instanceof ProviderError)) throw error;
        throw new SourceError(DNS_SOURCE, 'unreachable', 'no answer', { cause: error });
      });
    };
    return pollDns({ store, clock, scoring: scoringPort, resolve, cadenceSeconds }, watch);
  });
  log.info({ source: DNS_SOURCE, ...report }, 'records looked at');
}

/** The reader of a source that the workspace added, with its key; null for one that this release does not know. */
async function configuredAdapter(
  { store, outside }: LookDeps,
  kind: 'sandbox' | 'real',
  watch: { workspaceId: string; watchId: string },
): Promise<{ adapter: SourceAdapter; secret: SealedSecret | null } | null> {
  const configured = await store.inWorkspace(watch.workspaceId, (tx) =>
    maybeOne(tx, readConfiguredSource, watch.watchId),
  );
  if (configured === null) return null;
  const { settings, secretSealed: sealed } = configured;
  const pollEverySeconds = kind === 'sandbox' ? SANDBOX_CADENCE_SECONDS : null;
  return {
    adapter: createConfiguredAdapter(configured, { contact: outside.contact, pollEverySeconds }),
    secret: settings.kind === 'described' && settings.secret ? { place: settings.secret, sealed } : null,
  };
}
