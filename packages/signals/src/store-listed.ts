import { one, type Tx } from '@penstock/store/tx';

import { believe, isNews, type Belief } from './model/doubt.ts';
import { forgetOldArticles, keepBaseline } from './read-article.ts';
import { StrangeList } from './outage.ts';
import type { ListedItem, SourceAdapter } from './source-port.ts';
import * as sql from './watch-statements.ts';

export type List = {
  items: ListedItem[];
  isUnchanged: boolean;
  etag: string;
  lastModified: string;
  cut: string | null;
  /** What is left out, where the list is longer than is read; empty for a whole one. */
  note: string;
};

/**
 * Keeps what a list shows: what is news waits to be read, the rest was there. In the caller's transaction.
 * @returns how many items are news
 * @throws StrangeList for a list that is not believed; nothing is kept then
 */
export async function storeListed(
  tx: Tx,
  adapter: SourceAdapter,
  known: sql.WatchRow,
  list: List,
  now: Date,
): Promise<number> {
  const belief = await beliefIn(tx, adapter, known, list, now);
  if (belief === 'strange')
    throw new StrangeList(adapter.manifest.id, 'shows nothing of what it showed before');
  const states = list.items.map((item) =>
    isNews(dateOf(item), belief, known.baselineAt, now) ? 'listed' : 'baseline',
  );
  const fresh = await tx.rows(
    sql.insertItems,
    adapter.manifest.id,
    list.items.map((item) => item.key),
    list.items.map((item) => item.title),
    list.items.map((item) => item.publicUrl),
    list.items.map((item) => item.documentPath),
    list.items.map((item) => dateOf(item) ?? now),
    states,
    now,
    list.items.map((item) => item.body ?? ''),
  );
  await tx.rows(
    sql.watchSucceeded,
    known.id,
    list.cut ?? adapter.nextCursor(known.cursor, [...list.items], now),
    now,
    new Date(now.getTime() + adapter.manifest.pollEverySeconds * 1_000),
    list.isUnchanged,
    list.etag,
    list.lastModified,
    list.note,
  );
  await keepPress(tx, adapter, list, fresh, now);
  return fresh.filter(({ state }) => state === 'listed').length;
}

/** Of a feed's first look, the newest: the rest says little of what it brings. */
const MOST_AT_FIRST = 100;

async function keepPress(
  tx: Tx,
  adapter: SourceAdapter,
  list: List,
  fresh: readonly { key: string; state: string }[],
  now: Date,
): Promise<void> {
  const source = adapter.manifest.id;
  await tx.rows(sql.forgetRaw, source, now);
  if (!adapter.articleOf) return;
  await forgetOldArticles(tx, source, now);
  const there = new Set(fresh.filter(({ state }) => state === 'baseline').map(({ key }) => key));
  const articles = list.items
    .filter(({ key }) => there.has(key))
    .slice(0, MOST_AT_FIRST)
    .flatMap((item) => adapter.articleOf?.(item) ?? []);
  await keepBaseline(tx, articles, { source, now });
}

const dateOf = ({ publishedAt }: ListedItem): Date | null =>
  publishedAt === '' ? null : new Date(publishedAt);

async function beliefIn(
  tx: Tx,
  adapter: SourceAdapter,
  known: sql.WatchRow,
  { items }: List,
  now: Date,
): Promise<Belief> {
  if (known.baselineAt === null) return 'baseline';
  if (!adapter.isWindow || items.length === 0) return 'news';
  const keys = items.map(({ key }) => key);
  const { count } = await one(tx, sql.countKnown, adapter.manifest.id, keys);
  return believe({ published: items.map(dateOf), known: count }, known, now);
}
