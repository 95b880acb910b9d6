import { gzipSync } from 'node:zlib';

import { faultPoint } from '@penstock/kernel/fault-point';

import { itemPauseMs } from './model/doubt.ts';
import { reading } from './outage.ts';
import type { PollDeps, PollReport } from './poll-source.ts';
import { SourceError, type ListedItem, type SourceAdapter } from './source-port.ts';
import { contentHash, takeFinding } from './take-finding.ts';
import * as sql from './watch-statements.ts';

const ITEM_ATTEMPTS = 5;
const ITEMS_PER_POLL = 200;
const RAW_KEPT_DAYS = 90;
const DAY_MS = 86_400_000;
/** A document that can't be read may be mended at its source; a server may be down for long. */
const TRIED_FOR_MS = 3 * DAY_MS;
const TRIED_WHILE_AWAY_MS = 30 * DAY_MS;

/** Faults of the source itself: reading goes on at the next look. */
const AWAY: ReadonlySet<SourceError['fault']> = new Set(['unreachable', 'rate_limited', 'day_limit']);
/** Faults that say nothing of the document: it is not even tried later than the others. */
const NOT_ITS_OWN: ReadonlySet<SourceError['fault']> = new Set(['rate_limited', 'day_limit']);

/** Reads what is open. Returns the fault that ended it early if the source itself is away. */
export async function readItems(
  deps: PollDeps,
  adapter: SourceAdapter,
  workspaceId: string,
  report: PollReport,
): Promise<SourceError | null> {
  const source = adapter.manifest.id;
  const open = await deps.store.inWorkspace(workspaceId, (tx) =>
    tx.rows(sql.openItems, source, ITEMS_PER_POLL, deps.clock.now()),
  );
  for (const item of open) {
    try {
      const state = await readItem(deps, adapter, workspaceId, item);
      if (state === 'signal') report.signals += 1;
      if (state === 'no_signal') report.withoutSignal += 1;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (!NOT_ITS_OWN.has(error.fault)) await tryLater(deps, workspaceId, source, item, error);
      if (AWAY.has(error.fault)) return error;
      report.failed += 1;
    }
  }
  return null;
}

/** The others go first next time: one document that never comes must not hold them up. */
async function tryLater(
  { store, clock }: PollDeps,
  workspaceId: string,
  source: string,
  item: sql.OpenItem,
  error: SourceError,
): Promise<void> {
  const now = clock.now();
  const isAway = error.fault === 'unreachable' || error.fault === 'unavailable';
  await store.inWorkspace(workspaceId, (tx) =>
    tx.rows(
      sql.itemFailed,
      source,
      item.key,
      `${error.fault}: ${error.detail}`.slice(0, 500),
      ITEM_ATTEMPTS,
      new Date(now.getTime() - (isAway ? TRIED_WHILE_AWAY_MS : TRIED_FOR_MS)),
      new Date(now.getTime() + itemPauseMs(item.attempts, error.fault === 'unreachable')),
    ),
  );
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
  const read = reading(source, reply, () => adapter.parseItem(listed, reply));
  faultPoint('filing.fetched');
  const now = deps.clock.now();
  return deps.store.inWorkspace(workspaceId, async (tx) => {
    if ((await tx.rows(sql.lockItem, source, item.key)).length === 0) return 'taken';
    const from = { source, document: reply.body, fetchedAt: now, now };
    const taken = await takeFinding(tx, read, from, deps.scoring);
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
