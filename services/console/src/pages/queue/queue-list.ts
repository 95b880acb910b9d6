import { useMemo, useState } from 'react';

import { usePages } from '../../api/hooks.ts';
import type { QueueFilter } from '../../api/procedures.ts';
import type { QueueItem } from '../../api/records.ts';

export type ShownItem = {
  item: QueueItem;
  /** No longer in this view: done, snoozed, or claimed by a colleague. The row stays until the list is loaded anew. */
  gone: boolean;
};
type Held = { view: string; order: readonly string[]; known: ReadonlyMap<string, QueueItem> };

const PAGE = 50;

/**
 * The queue as the reader last loaded it: rows keep their places while what is in them stays true.
 * What has come in since is counted, and shown by `loadNew`.
 */
export function useQueueList(filter: QueueFilter, queue: string | undefined, search: string | undefined) {
  const query = usePages('queue.list', { filter, queue, search, limit: PAGE });
  const latest = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const view = `${filter} ${queue ?? ''} ${search ?? ''}`;
  const [held, setHeld] = useState<Held | null>(null);

  const current = held?.view === view ? held : null;
  if (current === null && query.data) setHeld(hold(view, latest));

  const byId = new Map(latest.map((item) => [item.id, item]));
  const order = current?.order ?? latest.map(({ id }) => id);
  const shown = order.flatMap((id): ShownItem[] => {
    const fresh = byId.get(id);
    if (fresh) return [{ item: fresh, gone: false }];
    const known = current?.known.get(id);
    return known ? [{ item: known, gone: true }] : [];
  });
  const loadMore = async () => {
    const result = await query.fetchNextPage();
    const added = result.data?.pages.at(-1)?.items ?? [];
    setHeld((before) => before && extend(before, added));
  };
  return {
    query,
    shown,
    hasTests: query.data?.pages[0]?.hasTests ?? false,
    newCount: current ? latest.filter(({ id }) => !current.order.includes(id)).length : 0,
    loadNew: () => setHeld(hold(view, latest)),
    /** Takes a row out at once, because its reader has just dealt with it. */
    drop: (id: string) =>
      setHeld((before) => before && { ...before, order: before.order.filter((other) => other !== id) }),
    /** Puts a row back where it was, after an undo. */
    putBack: (item: QueueItem, index: number) => setHeld((before) => before && insert(before, item, index)),
    loadMore,
  };
}

function hold(view: string, items: readonly QueueItem[]): Held {
  return { view, order: items.map(({ id }) => id), known: new Map(items.map((item) => [item.id, item])) };
}

function extend(held: Held, items: readonly QueueItem[]): Held {
  const added = items.filter(({ id }) => !held.order.includes(id));
  return {
    ...held,
    order: [...held.order, ...added.map(({ id }) => id)],
    known: new Map([...held.known, ...added.map((item) => [item.id, item] as const)]),
  };
}

function insert(held: Held, item: QueueItem, index: number): Held {
  if (held.order.includes(item.id)) return held;
  return {
    ...held,
    order: held.order.toSpliced(index, 0, item.id),
    known: new Map([...held.known, [item.id, item] as const]),
  };
}
