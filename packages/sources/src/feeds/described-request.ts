import { valueAt } from '@penstock/kernel/json-pointer';
import {
  SourceError,
  type DescribedSettings,
  type SourceReply,
  type SourceRequest,
} from '@penstock/signals/source-port';

import { bodyFor, type PagePlace } from './described-body.ts';

/** The request for a page of a described source. */
export function requestFor(settings: DescribedSettings, contact: string, place: PagePlace): SourceRequest {
  const url = new URL(settings.url);
  const { pages } = settings;
  const value =
    pages?.by === 'number'
      ? String(pages.first + place.page)
      : pages?.by === 'offset'
        ? String(pages.size * place.page)
        : place.cursor;
  if (pages && pages.by !== 'link' && pages.as !== '' && value !== null)
    url.searchParams.set(pages.as, value);
  return asked(settings, contact, url, place);
}

function asked(settings: DescribedSettings, contact: string, url: URL, place: PagePlace): SourceRequest {
  const body = bodyFor(settings, place);
  return {
    ...(settings.method === 'POST' && { method: 'POST' as const }),
    path: url.pathname + url.search,
    headers: { ...settings.headers, 'user-agent': contact, accept: 'application/json' },
    ...(body !== undefined && { body }),
  };
}

/**
 * The request for what follows a page; null at the end of the list.
 * @throws SourceError `malformed` where the reply leads to another host
 */
export function requestAfter(
  source: string,
  settings: DescribedSettings,
  contact: string,
  page: { reply: SourceReply; asked: SourceRequest; page: number; rows: number },
): SourceRequest | null {
  const { pages } = settings;
  const next = page.page + 1;
  if (!pages) return null;
  if (pages.by === 'number')
    return page.rows === 0 ? null : requestFor(settings, contact, { page: next, cursor: null });
  if (pages.by === 'offset')
    return page.rows < pages.size ? null : requestFor(settings, contact, { page: next, cursor: null });
  const told = pages.by === 'link' && pages.at === '' ? linkIn(page.reply) : textAt(page.reply, pages.at);
  if (told === null) return null;
  if (pages.by === 'cursor') return requestFor(settings, contact, { page: next, cursor: told });
  const own = new URL(settings.url);
  const base = new URL(page.asked.path, own);
  const url = URL.canParse(told, base.href) ? new URL(told, base) : null;
  if (url?.host !== own.host || url.protocol !== 'https:')
    throw new SourceError(source, 'malformed', 'the next page leads to another host');
  return asked(settings, contact, url, { page: next, cursor: null });
}

function textAt({ body }: SourceReply, pointer: string): string | null {
  const value = valueAt(JSON.parse(body.replace(/^\uFEFF/, '')), pointer);
  const isTold = (typeof value === 'string' && value !== '') || typeof value === 'number';
  return isTold ? String(value).slice(0, 4_000) : null;
}

/** `<https://…?page=2>; rel="next"` (RFC 8288) */
function linkIn({ headers }: SourceReply): string | null {
  const next = /<([^<>]{1,4000})>(?=[^<]*;\s*rel\s*=\s*"?(?:[^"<]*\s)?next\b)/i.exec(headers['link'] ?? '');
  return next?.[1] ?? null;
}
