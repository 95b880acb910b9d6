import { SourceError } from '@penstock/signals/source-port';
import type { ListedItem, SourceAdapter } from '@penstock/signals/source-port';

import { filingDaysBetween, isFilingDay, newYorkDay, previousDay } from './business-days.ts';
import type { FormFamily } from './form-family.ts';
import { readFormIndex } from './form-index.ts';
import { dailyIndexPath, filingIndexPath, isAccession } from './paths.ts';
import { isMissingFile, requireAsked, requireOk } from './replies.ts';

/** Days asked in one round; a longer outage takes several rounds. */
const MAX_DAYS = 10;

/**
 * Every filing of a family of the days since the cursor (a day, `YYYY-MM-DD`, New York's), one day a page: nothing is missed while
 * we were away. Today's index is not asked for: it is complete only after closing.
 */
export function createDailyIndex(
  family: FormFamily,
  options: { contact: string; publicOrigin: string },
): SourceAdapter {
  const headers = { 'user-agent': options.contact };
  const manifest = family.indexManifest;
  const { id } = manifest;
  return {
    manifest,

    listRequest(cursor, page, now) {
      const day = daysSince(cursor, now)[page];
      return day === undefined ? null : { path: dailyIndexPath(day), headers };
    },

    parseList(reply, request) {
      // The list of holidays is ours; where EDGAR closed on another day there is no file, and that is an outage to show.
      if (isMissingFile(reply)) throw new SourceError(id, 'unavailable', 'no index for this day');
      requireOk(id, reply);
      return { items: readItems(reply.body, request.path, { family, publicOrigin: options.publicOrigin }) };
    },

    nextCursor: (cursor, _items, now) => daysSince(cursor, now).at(-1) ?? cursor,

    itemRequest: (item) => ({ path: item.documentPath, headers }),

    parseItem(item, reply) {
      requireOk(id, reply);
      requireAsked(id, item, reply);
      return family.read(id, item, reply.body, options.publicOrigin);
    },
  };
}

function daysSince(cursor: string | null, now: Date): string[] {
  const today = newYorkDay(now);
  if (cursor !== null) return filingDaysBetween(cursor, today, MAX_DAYS);
  let day = previousDay(today);
  while (!isFilingDay(day)) day = previousDay(day);
  return [day];
}

function readItems(
  text: string,
  path: string,
  { family, publicOrigin }: { family: FormFamily; publicOrigin: string },
): ListedItem[] {
  const source = family.indexManifest.id;
  const byKey = new Map<string, ListedItem>();
  for (const row of readFormIndex(source, text)) {
    if (!family.forms.has(row.form)) continue;
    const key = /([\d-]+)\.txt$/.exec(row.file)?.[1] ?? '';
    if (!isAccession(key)) throw new SourceError(source, 'malformed', `no accession number in ${path}`);
    if (byKey.has(key)) continue;
    byKey.set(key, {
      key,
      title: `${row.form} - ${row.company}`,
      // The index knows days only; filings are published until 22:00 in New York.
      publishedAt: `${row.filedOn}T12:00:00.000Z`,
      documentPath: `/Archives/${row.file}`,
      publicUrl: publicOrigin + filingIndexPath(row.cik, key),
    });
  }
  return [...byKey.values()];
}
