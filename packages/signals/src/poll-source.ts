import { gzipSync } from 'node:zlib';

import type { Clock } from '@penstock/kernel/clock';
import { faultPoint } from '@penstock/kernel/fault-point';
import { emitEvents } from '@penstock/store/outbox';
import type { Store } from '@penstock/store/store';
import { maybeOne } from '@penstock/store/tx';

import { nextDay } from './model/source-day.ts';
import {
  SourceError,
  type ListedItem,
  type SourceAdapter,
  type SourceReply,
  type SourceRequest,
} from './source-port.ts';
import type { ScoringPort } from './scoring-port.ts';
import { contentHash, takeFinding } from './take-finding.ts';
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

const ITEM_ATTEMPTS = 5;
/** Most of a day at a look a minute: a server that is down for the night makes nobody give up a filing. */
const ATTEMPTS_WHILE_UNAVAILABLE = 1_000;
const ITEMS_PER_POLL = 200;
const MAX_PAGES = 20;
const RAW_KEPT_DAYS = 90;
const MAX_BACKOFF_MS = 15 * 60_000;
const DAY_MS = 86_400_000;

/**
 * Looks at a source once: lists what is new, then reads each new document and records what it says. What was there at the first
 * look is the baseline, not news. A look that fails changes nothing but the watch's health; items stay `listed` until they are settled.
 */
export async function pollSource(
  deps: PollDeps,
  adapter: SourceAdapter,
  watch: { workspaceId: string; watchId: string },
): Promise<PollReport> {
  const report: PollReport = { listed: 0, signals: 0, withoutSignal: 0, failed: 0, fault: '' };
  const known = await deps.store.inWorkspace(watch.workspaceId, (tx) =>
    maybeOne(tx, sql.readWatch, watch.watchId),
  );
  if (!known) return report;
  try {
    const list = await listNew(deps, adapter, known);
    report.listed = await storeListed(deps, adapter, watch, known, list);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    await recordOutage(deps, adapter, watch, known, error);
    report.fault = `${error.fault}: ${error.detail}`;
  }
  const away = await readItems(deps, adapter, watch.workspaceId, report);
  if (away !== null) {
    await recordOutage(deps, adapter, watch, known, away);
    report.fault = `${away.fault}: ${away.detail}`;
  }
  return report;
}

type List = { items: ListedItem[]; isUnchanged: boolean; etag: string; lastModified: string };

async function listNew(deps: PollDeps, adapter: SourceAdapter, known: sql.WatchRow): Promise<List> {
  const found: ListedItem[] = [];
  const state = { isUnchanged: false, etag: '', lastModified: '' };
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const request = adapter.listRequest(known.cursor, page, deps.clock.now());
    if (request === null) break;
    const reply = await deps.fetch(page === 0 ? conditional(request, known) : request);
    if (page === 0 && reply.status === NOT_MODIFIED && isConditional(known)) {
      return { items: [], isUnchanged: true, etag: known.etag, lastModified: known.lastModified };
    }
    if (page === 0) {
      state.etag = (reply.headers['etag'] ?? '').slice(0, MOST_VALIDATOR);
      state.lastModified = (reply.headers['last-modified'] ?? '').slice(0, MOST_VALIDATOR);
    }
    found.push(...readList(adapter, reply, request));
  }
  return { ...state, items: [...new Map(found.map((item) => [item.key, item])).values()] };
}

const NOT_MODIFIED = 304;
const MOST_VALIDATOR = 300;
const SAMPLE_CHARACTERS = 500;

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

/** A reply that can't be read is kept in part, so that somebody can see what has changed. */
function readList(adapter: SourceAdapter, reply: SourceReply, request: SourceRequest): ListedItem[] {
  try {
    return adapter.parseList(reply, request).items;
  } catch (error) {
    if (error instanceof SourceError && error.fault === 'malformed')
      throw new UnreadableList(error, reply.body.slice(0, SAMPLE_CHARACTERS));
    throw error;
  }
}

class UnreadableList extends SourceError {
  readonly sample: string;
  constructor(cause: SourceError, sample: string) {
    super(cause.source, cause.fault, cause.detail, { cause });
    this.sample = sample;
  }
}

async function storeListed(
  deps: PollDeps,
  adapter: SourceAdapter,
  watch: { workspaceId: string; watchId: string },
  known: sql.WatchRow,
  { items, isUnchanged, etag, lastModified }: List,
): Promise<number> {
  const now = deps.clock.now();
  const dueAt = new Date(now.getTime() + adapter.manifest.pollEverySeconds * 1_000);
  return deps.store.inWorkspace(watch.workspaceId, async (tx) => {
    const fresh = await tx.rows(
      sql.insertItems,
      adapter.manifest.id,
      items.map((item) => item.key),
      items.map((item) => item.title),
      items.map((item) => item.publicUrl),
      items.map((item) => item.documentPath),
      items.map((item) => (item.publishedAt === '' ? now : new Date(item.publishedAt))),
      known.baselineAt === null ? 'baseline' : 'listed',
      now,
      items.map((item) => item.body ?? ''),
    );
    await tx.rows(
      sql.watchSucceeded,
      watch.watchId,
      adapter.nextCursor(known.cursor, [...items], now),
      now,
      dueAt,
      isUnchanged,
      etag,
      lastModified,
    );
    if (known.failures > 0 || known.baselineAt === null) await emitSourceChanged(tx, watch.watchId, now);
    return known.baselineAt === null ? 0 : fresh.length;
  });
}

const emitSourceChanged = (tx: Parameters<typeof emitEvents>[0], watchId: string, now: Date) =>
  emitEvents(tx, now, [{ kind: 'source.changed', payload: { watchId } }]);

async function recordOutage(
  deps: PollDeps,
  adapter: SourceAdapter,
  watch: { workspaceId: string; watchId: string },
  known: sql.WatchRow,
  error: SourceError,
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
      new Date(now.getTime() + backoffMs),
      error instanceof UnreadableList ? error.sample : '',
    );
    await emitSourceChanged(tx, watch.watchId, now);
  });
}

/** Faults that say nothing of the document: reading goes on at the next look, and no attempt is counted. */
const AWAY: ReadonlySet<SourceError['fault']> = new Set(['unreachable', 'rate_limited', 'day_limit']);

/** Reads what is open. Returns the fault that ended it early if the source itself is away. */
async function readItems(
  deps: PollDeps,
  adapter: SourceAdapter,
  workspaceId: string,
  report: PollReport,
): Promise<SourceError | null> {
  const source = adapter.manifest.id;
  const open = await deps.store.inWorkspace(workspaceId, (tx) =>
    tx.rows(sql.openItems, source, ITEMS_PER_POLL),
  );
  for (const item of open) {
    try {
      const state = await readItem(deps, adapter, workspaceId, item);
      if (state === 'signal') report.signals += 1;
      if (state === 'no_signal') report.withoutSignal += 1;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (AWAY.has(error.fault)) return error;
      report.failed += 1;
      const reason = `${error.fault}: ${error.detail}`.slice(0, 500);
      const attempts = error.fault === 'unavailable' ? ATTEMPTS_WHILE_UNAVAILABLE : ITEM_ATTEMPTS;
      await deps.store.inWorkspace(workspaceId, (tx) =>
        tx.rows(sql.itemFailed, source, item.key, reason, attempts),
      );
    }
  }
  return null;
}

async function readItem(
  deps: PollDeps,
  adapter: SourceAdapter,
  workspaceId: string,
  item: sql.OpenItem,
): Promise<'signal' | 'no_signal' | 'taken'> {
  const source = adapter.manifest.id;
  const listed: ListedItem = { ...item, publishedAt: item.publishedAt.toISOString() };
  const reply =
    item.body === ''
      ? await deps.fetch(adapter.itemRequest(listed))
      : { status: 200, headers: {}, body: item.body };
  const reading = adapter.parseItem(listed, reply);
  faultPoint('filing.fetched');
  const now = deps.clock.now();
  return deps.store.inWorkspace(workspaceId, async (tx) => {
    if ((await tx.rows(sql.lockItem, source, item.key)).length === 0) return 'taken';
    const from = { source, document: reply.body, fetchedAt: now, now };
    const taken = await takeFinding(tx, reading, from, deps.scoring);
    await tx.rows(
      sql.settleItem,
      source,
      item.key,
      taken.state,
      taken.reason,
      contentHash(reply.body),
      gzipSync(reply.body),
      new Date(now.getTime() + RAW_KEPT_DAYS * DAY_MS),
      now,
    );
    return taken.state;
  });
}
