import type { Clock } from '@penstock/kernel/clock';
import type { Context, Hono } from 'hono';

import type { World } from '../world/world.ts';

/** A data vendor’s API that nobody has programmed an adapter for: JSON, with a key in a header. */
export const EVENTS_URL = 'https://events.example/v1/events?limit=50';
export const EVENTS_KEY_HEADER = 'x-events-key';

const EVERY_MS = 10 * 60_000;
const WORDS = ['Funding Round', 'Office Opening', 'Award'] as const;

/** The same by POST: `{ "after": "…", "limit": 2 }`. */
export const EVENTS_SEARCH_URL = 'https://events.example/v1/search';
/** A list that has no end: every page shows the first one and leads on. */
export const ENDLESS_EVENTS_URL = 'https://events.example/v1/endless';

type Deps = { world: World; clock: Clock };

/** Serves what happened at invented companies, one more every ten minutes, newest first, page by page; a key begins with `sandbox`. */
export function mountEventsApi(app: Hono, deps: Deps): void {
  const startedAt = deps.clock.now().getTime();
  const isKnown = (context: Context) => (context.req.header(EVENTS_KEY_HEADER) ?? '').startsWith('sandbox');
  const refuse = (context: Context) => context.json({ error: 'unknown key' }, 401);
  app.get('/events.example/v1/events', (context) => {
    if (!isKnown(context)) return refuse(context);
    const limit = numberIn(context.req.query('limit'), 50);
    const from = numberIn(context.req.query('cursor') ?? context.req.query('offset'), 0);
    const page = pageOf(eventsAt(deps, startedAt), from, limit);
    if (page.next !== null)
      context.header(
        'link',
        `<https://events.example/v1/events?limit=${limit}&cursor=${page.next}>; rel="next"`,
      );
    return context.json({ data: page });
  });
  app.post('/events.example/v1/search', async (context) => {
    if (!isKnown(context)) return refuse(context);
    const { after, limit } = await context.req.json<{ after?: string; limit?: number }>();
    return context.json({ data: pageOf(eventsAt(deps, startedAt), numberIn(after, 0), limit ?? 50) });
  });
  app.get('/events.example/v1/endless', (context) => {
    const { events } = pageOf(eventsAt(deps, startedAt), 0, 2);
    const shown = numberIn(context.req.query('page'), 1);
    const another = context.req.query('same') === 'no';
    return context.json({
      data: { events: another ? events.map((one) => ({ ...one, id: `${one.id}-${shown}` })) : events },
    });
  });
}

const numberIn = (text: string | undefined, otherwise: number): number =>
  text === undefined || text === '' || Number.isNaN(Number(text)) ? otherwise : Number(text);

function pageOf(events: ReturnType<typeof eventsAt>, from: number, limit: number) {
  const next = from + limit < events.length ? String(from + limit) : null;
  return { total: events.length, next, events: events.slice(from, from + limit) };
}

/** Newest first. */
function eventsAt({ world, clock }: Deps, startedAt: number) {
  const grown = Math.floor(Math.max(0, clock.now().getTime() - startedAt) / EVERY_MS);
  return world.companies
    .slice(20, 24 + Math.min(grown, 40))
    .map((company, at) => {
      const type = WORDS[at % WORDS.length] ?? 'Award';
      return {
        id: `ev-${at + 1}`,
        type,
        headline: `${company.name}: ${type.toLowerCase()} reported`,
        company: { name: company.name, website: `https://www.${company.domain}/` },
        occurred_at: new Date(startedAt + (at - 3) * EVERY_MS).toISOString(),
        url: `https://events.example/e/${at + 1}`,
      };
    })
    .toReversed();
}
