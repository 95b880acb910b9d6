import type { QueueItem } from '../../api/records.ts';

/** Rows as their reader last loaded them: they keep their places, whatever becomes of the list behind them. */
export type Held = {
  view: string;
  /** When that was, on the server's clock. */
  asOf: string;
  order: readonly string[];
  known: ReadonlyMap<string, QueueItem>;
};

export function hold(view: string, items: readonly QueueItem[], asOf: string): Held {
  return {
    view,
    asOf,
    order: items.map(({ id }) => id),
    known: new Map(items.map((item) => [item.id, item])),
  };
}

export function extend(held: Held, items: readonly QueueItem[]): Held {
  const added = items.filter(({ id }) => !held.order.includes(id));
  return {
    ...held,
    order: [...held.order, ...added.map(({ id }) => id)],
    known: new Map([...held.known, ...added.map((item) => [item.id, item] as const)]),
  };
}

export function insert(held: Held, item: QueueItem, index: number): Held {
  if (held.order.includes(item.id)) return held;
  return {
    ...held,
    order: held.order.toSpliced(index, 0, item.id),
    known: new Map([...held.known, [item.id, item] as const]),
  };
}

/** What comes below the last row and was there before: whoever works rows off sees what they stood on, and nothing moves. */
export function followingOn(held: Held, latest: readonly QueueItem[]): QueueItem[] {
  const last = latest.findLastIndex(({ id }) => held.order.includes(id));
  return latest.slice(last + 1).filter(({ id, createdAt }) => createdAt <= held.asOf && !held.known.has(id));
}

/** What has come in since, or has risen above the last row. */
export function newOnes(held: Held, latest: readonly QueueItem[]): QueueItem[] {
  const below = new Set(followingOn(held, latest).map(({ id }) => id));
  return latest.filter(({ id }) => !held.order.includes(id) && !below.has(id));
}
