import { HttpError } from '@penstock/http/http-error';
import { ProviderError } from '@penstock/kernel/provider-error';
import type { BoardAdapter } from '@penstock/signals/board-port';
import { openDayMeter, type DayMeter } from '@penstock/signals/day-meter';
import { findBoards, type FindBoardsDeps, type FindingReport } from '@penstock/signals/find-boards';
import { COMPANY_SITES_SOURCE, type CompanySite } from '@penstock/signals/read-company-site';
import { SITE_PACE } from '@penstock/signals/model/site-pace';
import { SourceError, type SourceManifest } from '@penstock/signals/source-port';
import { boardAdapters } from '@penstock/sources/boards/registry';

import { createRobotsGate } from '../robots-gate.ts';
import type { WorkerDeps } from '../worker-deps.ts';

type Watch = { workspaceId: string; watchId: string; source: string };
type Deps = Pick<WorkerDeps, 'store' | 'clock' | 'outside'>;

/** Looks for job boards on companies' own sites, through the way out of the free sources. */
export function createBoardFinder(deps: Deps, pace: Partial<FindBoardsDeps> = {}) {
  const { store, clock, outside } = deps;
  const robots = createRobotsGate(outside, clock);
  return async (watch: Watch): Promise<FindingReport> => {
    const kind = await outside.kindOf(watch.workspaceId);
    const meter = openDayMeter(deps, watch);
    const site = siteOf(deps, watch.workspaceId, robots, meter);
    const lookAtBoard: FindBoardsDeps['lookAtBoard'] = (source, board) =>
      lookOnce(deps, { kind, workspaceId: watch.workspaceId }, source, board);
    try {
      return await findBoards({ store, clock, site, lookAtBoard, ...SITE_PACE[kind], ...pace }, watch);
    } finally {
      await meter.settle();
    }
  };
}

/** The watch of companies' sites, and how it is looked at. */
export function siteLooks(
  deps: Deps & Pick<WorkerDeps, 'log'>,
): Readonly<Partial<Record<string, (watch: Watch) => Promise<void>>>> {
  const look = createBoardFinder(deps);
  return {
    async [COMPANY_SITES_SOURCE](watch) {
      deps.log.info({ source: watch.source, ...(await look(watch)) }, 'boards looked for');
    },
  };
}

function siteOf(
  { outside }: Deps,
  workspaceId: string,
  robots: ReturnType<typeof createRobotsGate>,
  meter: DayMeter,
): CompanySite {
  const web = outside.openWebOf(workspaceId);
  return {
    async page({ host, path }) {
      await robots.assertAllowed(workspaceId, { manifest: manifestAt(host) }, { path });
      await meter.ask();
      return web.page(host, path).catch((error: unknown) => {
        if (!(error instanceof ProviderError)) throw error;
        const elsewhere = error.cause instanceof HttpError ? error.cause.refusedRedirect : null;
        if (elsewhere === null) throw siteFault(error);
        return { status: 302, body: '', leadsTo: elsewhere };
      });
    },
  };
}

/** What went wrong on the way to a site, without its address. */
function siteFault(error: ProviderError): SourceError {
  const fault = error.cause instanceof HttpError ? error.cause.fault : null;
  const because = { cause: error };
  if (fault === 'too_large')
    return new SourceError(COMPANY_SITES_SOURCE, 'too_large', 'a page of more than 1 MB', because);
  return new SourceError(COMPANY_SITES_SOURCE, 'unreachable', 'the site does not answer', because);
}

/** The first page of a board, counted as a request to its vendor; null where there is no such board. */
async function lookOnce(
  deps: Deps,
  { kind, workspaceId }: { kind: 'sandbox' | 'real'; workspaceId: string },
  source: string,
  board: string,
): Promise<{ company: string | null } | null> {
  const adapter = boardAdapters.get(source);
  if (!adapter) return null;
  const meter = openDayMeter(deps, { workspaceId, source });
  try {
    await meter.ask();
    const manifest = manifestOf(adapter, board);
    const reply = await deps.outside.fetchFromSource(kind, { manifest }, adapter.request(board, 0));
    return reply.status === 404 ? null : { company: adapter.parse(reply, board).company };
  } finally {
    await meter.settle();
  }
}

/** Some vendors give each company a host of its own, named by a single label. */
export const manifestOf = (adapter: BoardAdapter, board: string): BoardAdapter['manifest'] => ({
  ...adapter.manifest,
  host: adapter.manifest.host.replace('{board}', /^[\w-]+$/.test(board) ? board : 'www'),
});

const manifestAt = (host: string): SourceManifest => ({
  id: COMPANY_SITES_SOURCE,
  name: 'Companies’ own sites',
  host,
  pollEverySeconds: SITE_PACE.real.cadenceDays * 86_400,
  limits: [],
  licence: 'Pages that a company publishes about itself, where its robots.txt allows it.',
  cost: 'Free.',
  canKnow: 'Which job board a company links or embeds.',
  cannotKnow: 'Boards that a script alone shows.',
});
