import { SourceError } from '@penstock/signals/source-port';
import type { ListedItem } from '@penstock/signals/source-port';

import { elementAt, elementsAt, readXml, textAt, textOf } from '../xml.ts';
import type { FormFamily } from './form-family.ts';
import { filingIndexPath, isAccession, longCik } from './paths.ts';

/** Page `start` of EDGAR's feed of current filings; `type=D` means "begins with D", so DEF 14A and others come too. */
export const currentFeedPath = (type: string, start: number, count: number): string =>
  `/cgi-bin/browse-edgar?action=getcurrent&type=${encodeURIComponent(type)}&company=&dateb=&owner=include&start=${start}&count=${count}&output=atom`;

/**
 * The filings of one family on a page of the feed. A filing with several issuers has an entry for each and is listed once.
 * A page without any entry is `empty`: on the first page that is an outage, further on the end (`mayBeEmpty`).
 */
export function readCurrentFeed(
  source: string,
  text: string,
  options: { family: FormFamily; publicOrigin: string; mayBeEmpty: boolean },
): ListedItem[] {
  const feed = elementAt(readXml(source, text), 'feed');
  if (feed === undefined) throw new SourceError(source, 'malformed', 'no Atom feed');
  const entries = elementsAt(feed, 'entry');
  if (entries.length === 0 && !options.mayBeEmpty)
    throw new SourceError(source, 'empty', 'feed without entries');
  const byKey = new Map<string, ListedItem>();
  for (const entry of entries) {
    if (
      !options.family.forms.has(formOf(entry) ?? '') ||
      !options.family.isWorthReading(textAt(entry, 'summary'))
    )
      continue;
    const item = readEntry(source, entry, options);
    if (!byKey.has(item.key)) byKey.set(item.key, item);
  }
  return [...byKey.values()];
}

function formOf(entry: unknown): string | null {
  const term = textOf(elementAt(entry, 'category', '@term'));
  return term ?? /^(\S+) - /.exec(textAt(entry, 'title') ?? '')?.[1] ?? null;
}

function readEntry(
  source: string,
  entry: unknown,
  { family, publicOrigin }: { family: FormFamily; publicOrigin: string },
): ListedItem {
  const link = textOf(elementAt(entry, 'link', '@href')) ?? '';
  const title = textAt(entry, 'title');
  const updated = textAt(entry, 'updated') ?? '';
  const key =
    /accession-number=([\d-]+)/.exec(textAt(entry, 'id') ?? '')?.[1] ??
    /(\d{10}-\d{2}-\d{6})-index/.exec(link)?.[1] ??
    '';
  // A subsidiary's filing may carry the agent's accession number: the issuer's own number is in the link and the title.
  const cik = /\/edgar\/data\/(\d+)\//.exec(link)?.[1] ?? /\((\d{10})\)/.exec(title ?? '')?.[1];
  const published = new Date(updated);
  if (!isAccession(key) || cik === undefined || title === null || Number.isNaN(published.getTime())) {
    throw new SourceError(source, 'malformed', 'entry without accession number, company, title or date');
  }
  return {
    key,
    title: title.replace(/\s*\((Filer|Issuer|Subject)\)\s*$/, '').replace(` (${longCik(cik)})`, ''),
    publishedAt: published.toISOString(),
    documentPath: family.documentPath(cik, key),
    publicUrl: publicOrigin + filingIndexPath(cik, key),
  };
}
