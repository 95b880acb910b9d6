import type { Clock } from '@penstock/kernel/clock';
import { emitEvents } from '@penstock/store/outbox';
import type { Store } from '@penstock/store/store';
import { maybeOne } from '@penstock/store/tx';

import { nextDay } from './model/source-day.ts';
import { askedPauseMs, CutList, reading, StrangeList, UnreadableReply } from './outage.ts';
import { readItems } from './read-items.ts';
import type { ScoringPort } from './scoring-port.ts';
import {
  SourceError,
  type ListedItem,
  type SourceAdapter,
  type SourceReply,
  type SourceRequest,
} from './source-port.ts';
import { storeListed, type List } from './store-listed.ts';
import * as sql from './watch-statements.ts';

export type PollDeps = {
  store: Store;
  clock: Clock;
  scoring: ScoringPort;
  /** Sends a request to the source's host, within its limits. Throws `SourceError`. */
  fetch: (request: SourceRequest) => Promise<SourceReply>;
};

export type PollReport = {
  listed: number;
  signals: number;
  withoutSignal: number;
  failed: number;
  fault: string;
};

const MAX_PAGES = 20;
const MAX_BACKOFF_MS = 15 * 60_000;

/**
 * Looks at a source once: lists what is new, then reads each new document and records what it says. What was there at the first
 * look is the baseline, not news. A look that fails changes nothing but the watch's health; items stay `listed` until they are settled.
 */
export async function pollSource(
  polling: PollDeps,
  adapter: SourceAdapter,
  watch: { workspaceId: string; watchId: string },
): Promise<PollReport> {
  const report: PollReport = { listed: 0, signals: 0, withoutSignal: 0, failed: 0, fault: '' };
  let pauseMs = 0;
  const deps: PollDeps = {
    ...polling,
    async fetch(request) {
      const reply = await polling.fetch(request);
      pauseMs = askedPauseMs(reply);
      return reply;
    },
  };
  const known = await deps.store.inWorkspace(watch.workspaceId, (tx) =>
    maybeOne(tx, sql.readWatch, watch.watchId),
  );
  if (!known) return report;
  const away = async (error: SourceError): Promise<void> => {
    await recordOutage(deps, adapter, watch, known, { error, pauseMs });
    report.fault = `${error.fault}: ${error.detail}`;
  };
  try {
    report.listed = await keep(deps, adapter, watch, known, await listNew(deps, adapter, known));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    await away(error);
  }
  const fault = await readItems(deps, adapter, watch.workspaceId, report);
  if (fault !== null) await away(fault);
  return report;
}

function keep(
  deps: PollDeps,
  adapter: SourceAdapter,
  watch: { workspaceId: string },
  known: sql.WatchRow,
  list: List,
): Promise<number> {
  const now = deps.clock.now();
  return deps.store.inWorkspace(watch.workspaceId, async (tx) => {
    const listed = await storeListed(tx, adapter, known, list, now);
    if (known.failures > 0 || known.baselineAt === null) await emitSourceChanged(tx, known.id, now);
    return listed;
  });
}

async function listNew(deps: PollDeps, adapter: SourceAdapter, known: sql.WatchRow): Promise<List> {
  const found = new Map<string, ListedItem>();
  const state = { isUnchanged: false, etag: '', lastModified: '', cut: cutOf(known), note: '' };
  const first = adapter.listRequest(known.cursor, 0, deps.clock.now());
  for (let page = 0, request = first; request !== null; page += 1) {
    if (page >= (adapter.mostPages ?? MAX_PAGES)) {
      state.note = adapter.mostPages ? `read in part: more than ${page} pages, the rest is left out` : '';
      break;
    }
    const reply: SourceReply = await deps.fetch(page === 0 ? conditional(request, known) : request);
    if (page === 0 && reply.status === NOT_MODIFIED && isConditional(known)) {
      const { etag, lastModified } = known;
      return { items: [], isUnchanged: true, etag, lastModified, cut: state.cut, note: '' };
    }
    if (page === 0 && request.method !== 'POST' && (adapter.mostPages ?? 1) === 1) {
      state.etag = (reply.headers['etag'] ?? '').slice(0, MOST_VALIDATOR);
      state.lastModified = (reply.headers['last-modified'] ?? '').slice(0, MOST_VALIDATOR);
    }
    const asked: SourceRequest = request;
    const { items, cut } = reading(adapter.manifest.id, reply, () => adapter.parseList(reply, asked));
    state.cut = cut === undefined ? null : `${CUT}${cut}`;
    if (state.cut !== null && known.cursor !== state.cut) throw new CutList(adapter.manifest.id, state.cut);
    const isRepeated = page > 0 && items.length > 0 && items.every(({ key }) => found.has(key));
    for (const item of items) found.set(item.key, item);
    if (adapter.nextRequest && isRepeated) {
      state.note = `read in part: page ${page + 1} shows what those before it showed, so its list has no end`;
      break;
    }
    request = adapter.nextRequest
      ? reading(adapter.manifest.id, reply, () => adapter.nextRequest?.(reply, asked, page) ?? null)
      : adapter.listRequest(known.cursor, page + 1, deps.clock.now());
  }
  return { ...state, items: [...found.values()] };
}

/** Lists of which the end is remembered have no cursor of their own. */
const CUT = 'cut ';
const cutOf = ({ cursor }: sql.WatchRow): string | null => (cursor?.startsWith(CUT) ? cursor : null);

const NOT_MODIFIED = 304;
const MOST_VALIDATOR = 300;

/** Further pages may have changed though the first has not: such lists are asked for in whole. */
const isConditional = (known: sql.WatchRow): boolean => known.etag !== '' || known.lastModified !== '';

/** Asks for the list only if it has changed since the last look, where the source said what it was then. */
function conditional(request: SourceRequest, known: sql.WatchRow): SourceRequest {
  if (!isConditional(known)) return request;
  return {
    ...request,
    headers: {
      ...request.headers,
      ...(known.etag !== '' && { 'if-none-match': known.etag }),
      ...(known.lastModified !== '' && { 'if-modified-since': known.lastModified }),
    },
  };
}

const emitSourceChanged = (tx: Parameters<typeof emitEvents>[0], watchId: string, now: Date) =>
  emitEvents(tx, now, [{ kind: 'source.changed', payload: { watchId } }]);

async function recordOutage(
  deps: PollDeps,
  adapter: SourceAdapter,
  watch: { workspaceId: string; watchId: string },
  known: sql.WatchRow,
  { error, pauseMs }: { error: SourceError; pauseMs: number },
): Promise<void> {
  const now = deps.clock.now();
  if (error.fault === 'day_limit') {
    await deps.store.inWorkspace(watch.workspaceId, async (tx) => {
      await tx.rows(sql.watchRests, watch.watchId, nextDay(now));
      await emitSourceChanged(tx, watch.watchId, now);
    });
    return;
  }
  const backoffMs = Math.min(
    adapter.manifest.pollEverySeconds * 1_000 * 2 ** Math.min(known.failures, 10),
    MAX_BACKOFF_MS,
  );
  await deps.store.inWorkspace(watch.workspaceId, async (tx) => {
    await tx.rows(
      sql.watchFailed,
      watch.watchId,
      `${error.fault}: ${error.detail}`.slice(0, 500),
      now,
      new Date(now.getTime() + Math.max(backoffMs, pauseMs)),
      error instanceof UnreadableReply ? error.sample : '',
      error instanceof StrangeList,
      error instanceof CutList ? error.cut : null,
    );
    await emitSourceChanged(tx, watch.watchId, now);
  });
}
