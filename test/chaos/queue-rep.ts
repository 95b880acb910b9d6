import { setTimeout as sleep } from 'node:timers/promises';

import { request } from 'undici';

export type Caller = { cookie: string; memberId: string };
export type Held = { itemId: string; memberId: string; fromMs: number; untilMs: number };
/** What reps know for certain: when they held what, and what they were told is done. */
export type RepBook = { held: Held[]; done: Set<string>; unanswered: number };

const HOLD_MS = 120;
const ANSWER_WITHIN_MS = 5_000;
const PAGE = 20;

type Reply = { status: number; data: unknown };

/** One call as the console makes it; null if nobody answered. */
async function call(
  url: string,
  who: Caller,
  name: string,
  method: 'GET' | 'POST',
  input: object,
): Promise<Reply | null> {
  const body = JSON.stringify(input);
  const query = method === 'GET' ? `?input=${encodeURIComponent(body)}` : '';
  try {
    const reply = await request(`${url}/trpc/${name}${query}`, {
      method,
      headers: { cookie: who.cookie, 'content-type': 'application/json' },
      body: method === 'POST' ? body : null,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    // Safe: tRPC's envelope; what is inside is looked at field by field.
    const answer = (await reply.body.json()) as { result?: { data?: unknown } };
    return { status: reply.statusCode, data: answer.result?.data };
  } catch {
    return null;
  }
}

type ItemSeen = { id: string; state: string; claim: { memberId: string } | null };

/** Asks until somebody answers for certain what the item is now. */
async function readItem(url: () => string, who: Caller, id: string): Promise<ItemSeen> {
  for (;;) {
    const reply = await call(url(), who, 'queue.get', 'GET', { id });
    // Safe: the output of `queue.get`.
    if (reply?.status === 200) return reply.data as ItemSeen;
    await sleep(200);
  }
}

/** A rep who takes one of the first items, holds it for a moment, and closes it or gives it back, until told to stop. */
export async function workQueue(
  url: () => string,
  who: Caller,
  book: RepBook,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    const page = await call(url(), who, 'queue.list', 'GET', { filter: 'unclaimed', limit: PAGE });
    // Safe: the output of `queue.list`.
    const items = page?.status === 200 ? (page.data as { items: ItemSeen[] }).items : [];
    const item = items[Math.floor(Math.random() * Math.min(items.length, 5))];
    if (!item) {
      await sleep(200);
      continue;
    }
    const claimed = await call(url(), who, 'queue.claim', 'POST', { id: item.id });
    if (claimed === null || claimed.status >= 500) {
      book.unanswered += 1;
      const now = await readItem(url, who, item.id);
      if (now.state !== 'open' || now.claim?.memberId !== who.memberId) continue;
    } else if (claimed.status !== 200) continue;
    const fromMs = performance.now();
    await sleep(Math.random() * HOLD_MS);
    const untilMs = performance.now();
    book.held.push({ itemId: item.id, memberId: who.memberId, fromMs, untilMs });
    await finish(url, who, book, item.id);
  }
}

async function finish(url: () => string, who: Caller, book: RepBook, id: string): Promise<void> {
  const closes = Math.random() < 0.6;
  for (;;) {
    const reply = await (closes
      ? call(url(), who, 'queue.complete', 'POST', { id, outcome: 'worked' })
      : call(url(), who, 'queue.release', 'POST', { id }));
    if (reply?.status === 200) {
      if (closes) book.done.add(id);
      return;
    }
    if (reply === null || reply.status >= 500) {
      book.unanswered += 1;
      const now = await readItem(url, who, id);
      // The answer was lost, not the change.
      if (now.claim?.memberId !== who.memberId) return;
    } else return;
  }
}
