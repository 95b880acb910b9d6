import type { SourceAdapter } from '@penstock/signals/source-port';

import { currentFeedPath, readCurrentFeed } from './current-feed.ts';
import type { FormFamily } from './form-family.ts';
import { requireAsked, requireOk } from './replies.ts';

const PAGE_SIZE = 100;
const MAX_PAGES = 10;
/** The busiest hours see about a hundred filings of a family; one page per started quarter of an hour. */
const PAGE_PER_MS = 15 * 60_000;

/**
 * New filings of a family within a minute. The cursor is the newest publication time seen; how many pages are asked follows
 * from how long ago that is. Longer gaps than the feed reaches back are the daily index's work.
 */
export function createCurrentFilings(
  family: FormFamily,
  options: { contact: string; publicOrigin: string },
): SourceAdapter {
  const headers = { 'user-agent': options.contact, accept: 'application/atom+xml' };
  const manifest = family.currentManifest;
  const { id } = manifest;
  return {
    manifest,

    listRequest(cursor, page, now) {
      const pages =
        cursor === null ? 1 : Math.min(MAX_PAGES, 1 + Math.floor(elapsedMs(cursor, now) / PAGE_PER_MS));
      return page < pages
        ? { path: currentFeedPath(family.feedType, page * PAGE_SIZE, PAGE_SIZE), headers }
        : null;
    },

    parseList(reply, request) {
      requireOk(id, reply);
      const start = Number(/[?&]start=(\d+)/.exec(request.path)?.[1] ?? 0);
      return {
        items: readCurrentFeed(id, reply.body, {
          family,
          publicOrigin: options.publicOrigin,
          mayBeEmpty: start > 0,
        }),
      };
    },

    // A date to come would hide every gap until then.
    nextCursor(cursor, items, now) {
      const times = items.map((item) => item.publishedAt).filter((at) => at <= now.toISOString());
      return [...times, ...(cursor === null ? [] : [cursor])].toSorted().at(-1) ?? null;
    },

    itemRequest: (item) => ({ path: item.documentPath, headers: { ...headers, accept: '*/*' } }),

    parseItem(item, reply) {
      requireOk(id, reply);
      requireAsked(id, item, reply);
      return family.read(id, item, reply.body, options.publicOrigin);
    },
  };
}

function elapsedMs(cursor: string, now: Date): number {
  const elapsed = now.getTime() - Date.parse(cursor);
  return Number.isFinite(elapsed) ? Math.max(0, elapsed) : 0;
}
