import { useMemo, useState } from 'react';

import { usePages } from '../../api/hooks.ts';
import type { QueueFilter } from '../../api/procedures.ts';
import type { QueueItem } from '../../api/records.ts';
import { extend, followingOn, hold, insert, newOnes, type Held } from './held-list.ts';

export type ShownItem = {
  item: QueueItem;
  /** No longer in this view: done, snoozed, or claimed by a colleague. The row stays until the list is loaded anew. */
  gone: boolean;
};

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
  const asOf = query.data?.pages[0]?.asOf ?? '';
  if (current === null && query.data) setHeld(hold(view, latest, asOf));
  const below = current ? followingOn(current, latest) : [];
  if (current && below.length > 0) setHeld(extend(current, below));

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
    newCount: current ? newOnes(current, latest).length : 0,
    loadNew: () => setHeld(hold(view, latest, asOf)),
    /** Takes a row out at once, because its reader has just dealt with it. */
    drop: (id: string) =>
      setHeld((before) => before && { ...before, order: before.order.filter((other) => other !== id) }),
    /** Puts a row back where it was, after an undo. */
    putBack: (item: QueueItem, index: number) => setHeld((before) => before && insert(before, item, index)),
    loadMore,
  };
}
