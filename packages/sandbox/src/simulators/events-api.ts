import type { Clock } from '@penstock/kernel/clock';
import type { Hono } from 'hono';

import type { World } from '../world/world.ts';

/** A data vendor’s API that nobody has programmed an adapter for: JSON, with a key in a header. */
export const EVENTS_URL = 'https://events.example/v1/events?limit=50';
export const EVENTS_KEY_HEADER = 'x-events-key';

const EVERY_MS = 10 * 60_000;
const WORDS = ['Funding Round', 'Office Opening', 'Award'] as const;

/** Serves what happened at invented companies, one more every ten minutes, newest first; a key begins with `sandbox`. */
export function mountEventsApi(app: Hono, { world, clock }: { world: World; clock: Clock }): void {
  const startedAt = clock.now().getTime();
  app.get('/events.example/v1/events', (context) => {
    if (!(context.req.header(EVENTS_KEY_HEADER) ?? '').startsWith('sandbox'))
      return context.json({ error: 'unknown key' }, 401);
    const grown = Math.floor(Math.max(0, clock.now().getTime() - startedAt) / EVERY_MS);
    const events = world.companies.slice(20, 24 + Math.min(grown, 40)).map((company, at) => {
      const type = WORDS[at % WORDS.length] ?? 'Award';
      return {
        id: `ev-${at + 1}`,
        type,
        headline: `${company.name}: ${type.toLowerCase()} reported`,
        company: { name: company.name, website: `https://www.${company.domain}/` },
        occurred_at: new Date(startedAt + (at - 3) * EVERY_MS).toISOString(),
        url: `https://events.example/e/${at + 1}`,
      };
    });
    return context.json({ data: { total: events.length, events: events.toReversed() } });
  });
}
