import { SourceError } from '@penstock/signals/source-port';

import { plainLine } from '../html-text.ts';
import { elementAt, elementsAt, readXml, textAt, textOf } from '../xml.ts';

export type FeedEntry = {
  /** The feed's own id of the entry, else its link. */
  id: string;
  title: string;
  text: string;
  url: string;
  /** ISO; null where the feed gives no date that can be read. */
  publishedAt: string | null;
  /** Host of who has published it: a collection of others' news names them. */
  publisher: string;
  /** ISO 639, as the feed says; null where it doesn't. */
  language: string | null;
};

/** Newest entries of a feed; no publisher shows more at once, and an endless feed is not read on. */
const MAX_ENTRIES = 500;
const MAX_TEXT_CHARACTERS = 2_000;

/**
 * Entries of an RSS (0.91 to 2.0, and 1.0 over RDF) or Atom feed, in the feed's order. Entries without title or web link are left out.
 * Throws `SourceError` (`malformed`, `too_large`) for what is no feed.
 */
export function readFeed(source: string, body: string): FeedEntry[] {
  const xml = readXml(source, body);
  const atom = elementAt(xml, 'feed');
  const rss = elementAt(xml, 'rss', 'channel');
  const rdf = elementAt(xml, 'RDF');
  if (atom === undefined && rss === undefined && rdf === undefined)
    throw new SourceError(source, 'malformed', 'neither RSS nor Atom');
  const language = languageIn(
    textAt(rss ?? elementAt(rdf, 'channel'), 'language') ?? attribute(atom, 'lang'),
  );
  const entries =
    atom === undefined
      ? elementsAt(rss ?? rdf, 'item').map((item) => rssEntry(item, language))
      : elementsAt(atom, 'entry').map((entry) => atomEntry(entry, language));
  return entries
    .slice(0, MAX_ENTRIES)
    .filter(({ title, url }) => title !== '' && isWebLink(url))
    .map((entry) => ({ ...entry, id: entry.id === '' ? entry.url : entry.id }));
}

function rssEntry(item: unknown, language: string | null): FeedEntry {
  const url = textAt(item, 'link') ?? textAt(item, 'guid') ?? '';
  return {
    id: textAt(item, 'guid') ?? '',
    title: plainLine(textAt(item, 'title') ?? ''),
    text: shortText(textAt(item, 'description') ?? textAt(item, 'encoded') ?? ''),
    url,
    publishedAt: isoOf(textAt(item, 'pubDate') ?? textAt(item, 'date')),
    publisher: hostOf(attribute(elementAt(item, 'source'), 'url') ?? url),
    // Of Dublin Core.
    language: languageIn(textAt(item, 'language') ?? undefined) ?? language,
  };
}

function atomEntry(entry: unknown, language: string | null): FeedEntry {
  const links = elementsAt(entry, 'link');
  const readers = links.find((link) => [undefined, 'alternate'].includes(attribute(link, 'rel'))) ?? links[0];
  return {
    id: textAt(entry, 'id') ?? '',
    title: plainLine(textAt(entry, 'title') ?? ''),
    text: shortText(textAt(entry, 'summary') ?? textAt(entry, 'content') ?? ''),
    url: attribute(readers, 'href') ?? '',
    publishedAt: isoOf(textAt(entry, 'published') ?? textAt(entry, 'updated')),
    publisher: hostOf(attribute(readers, 'href') ?? ''),
    language: languageIn(attribute(entry, 'lang')) ?? language,
  };
}

/** Lower case, without `www.`; empty for what is no address. */
export const hostOf = (url: string): string =>
  URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : '';

/** `en-US` → `en` */
const languageIn = (tag: string | undefined): string | null =>
  /^([a-z]{2})(?:[-_].*)?$/i.exec(tag ?? '')?.[1]?.toLowerCase() ?? null;

const attribute = (element: unknown, name: string): string | undefined =>
  textOf(elementAt(element, `@${name}`)) ?? undefined;

const shortText = (html: string): string => plainLine(html).slice(0, MAX_TEXT_CHARACTERS);

const isWebLink = (url: string): boolean =>
  URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && url.length <= 2_000;

/** RFC 822 (RSS) or ISO 8601 (Atom). Dates of before the web are mistakes. */
function isoOf(text: string | null): string | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) || at < Date.UTC(1995, 0, 1) ? null : new Date(at).toISOString();
}
