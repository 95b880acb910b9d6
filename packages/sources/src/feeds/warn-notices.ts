import { dayInWords } from '@penstock/kernel/dates-in-words';
import { createHash } from 'node:crypto';

import type { ItemReading, ListedItem, SourceAdapter } from '@penstock/signals/source-port';
import { SourceError } from '@penstock/signals/source-port';
import { parse } from 'csv-parse/sync';

import type { ConfiguredSource } from './configured.ts';
import { itemOf, readBody, requireFile } from './configured-item.ts';

const SIX_HOURS_SECONDS = 21_600;
const MAX_ROWS = 20_000;
/** Characters by which the end of a file is known again. */
const MOST_END = 80;

/** Each state words its columns its own way. Of each list the first pattern that a column fits counts, and its first column. */
const COLUMNS = {
  company: [
    /^(company|employer|business|organization|job site|firm)( ?\/? ?(company|employer|business))?( name)?:?$|company name|employer name|name of (company|employer)/i,
  ],
  notice: [
    /\b(notice|notif\w*|warn|report\w*)\b.*\b(date|rcvd|received)|date.*\b(notice|warn|received|posted)|received|posted/i,
    /notice/i,
  ],
  effective: [
    /effective|lay[ -]?off\w* (\w+ )?date|lo\/cl|separation|clos(ing|ure)[ /\w]* date|impact date|start(ing)? date|begin(ning)? date/i,
  ],
  people: [
    /number|no\.? of|# ?of|affected|employees|workers|layoff total|headcount|\bjobs\b|\bemp\b.*#|est\w*\.? impact/i,
    /total/i,
  ],
  city: [/\bcity\b|municipality/i],
  place: [/address|location|county|region/i],
} as const;
/** Titles and remarks that may stand above the columns. */
const MOST_LINES_ABOVE = 10;

/** Mass lay-offs and closures that employers announce to a state (Worker Adjustment and Retraining Notification Act), as the state's CSV file. */
export function createWarnNotices(source: ConfiguredSource, contact: string): SourceAdapter {
  const url = new URL(source.url);
  const { id } = source;
  return {
    manifest: {
      id,
      name: source.name,
      host: url.hostname,
      pollEverySeconds: source.pollEverySeconds ?? SIX_HOURS_SECONDS,
      limits: [{ requests: 1, windowMs: 1_000 }],
      licence: 'Public record of the state.',
      cost: 'Free.',
      canKnow: 'Lay-offs and closures of larger employers with headcount and date, sixty days ahead.',
      cannotKnow: 'Lay-offs below the threshold of the law or outside the US; the employer’s web domain.',
    },
    isWindow: true,
    listRequest: (_cursor, page) =>
      page === 0
        ? { path: url.pathname + url.search, headers: { 'user-agent': contact, accept: 'text/csv' } }
        : null,
    parseList(reply) {
      requireFile(id, reply);
      const notices = readNotices(id, reply.body);
      if (notices.length === 0) throw new SourceError(id, 'empty', 'a file without notices');
      const items = notices.map((notice) => itemOfNotice(notice, source));
      return /[\r\n]\s*$/.test(reply.body) ? { items } : { items, cut: reply.body.slice(-MOST_END).trim() };
    },
    nextCursor: () => null,
    itemRequest: (item) => ({ path: item.documentPath }),
    parseItem: (item, reply) => readNotice(source, item, reply.body),
  };
}

type Notice = {
  company: string;
  people: string;
  noticedOn: string;
  effectiveOn: string;
  city: string;
  place: string;
  line: string;
};

/** Rows that name a company and a headcount. Throws `malformed` where the columns can not be told. */
export function readNotices(source: string, csv: string): Notice[] {
  const rows = readCsv(source, csv);
  const headAt = rows.slice(0, MOST_LINES_ABOVE).findIndex((row) => hasColumns(row));
  if (headAt === -1) throw new SourceError(source, 'malformed', 'no columns of company and headcount');
  const { company, notice, effective, people, city, place } = columnsOf(rows[headAt] ?? []);
  const body = rows.slice(headAt + 1);
  const cell = (row: readonly string[], at: number): string =>
    at === -1 ? '' : (row[at] ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, 300);
  assertDates(
    source,
    body.flatMap((row) => [cell(row, notice), cell(row, effective)]),
  );
  return body.slice(0, MAX_ROWS).flatMap((row) => {
    const line = row
      .map((text) => text.trim())
      .join(', ')
      .slice(0, 500);
    const read = {
      company: cell(row, company),
      people: String(headcountOf(cell(row, people)) ?? ''),
      noticedOn: dayOf(cell(row, notice)) ?? '',
      effectiveOn: dayOf(cell(row, effective)) ?? '',
      city: cell(row, city),
      place: cell(row, place),
      line,
    };
    return read.company === '' || read.people === '' ? [] : [read];
  });
}

/** Where each column stands, or -1. `LayoffBeginDate` and `JOB_SITE_NAME` are words, too. */
function columnsOf(head: readonly string[]): Record<keyof typeof COLUMNS, number> {
  const names = head.map((name) =>
    name
      .replaceAll(/(?<=[a-z])(?=[A-Z])|[_\s]+/g, ' ')
      .replaceAll(/ {2,}/g, ' ')
      .trim(),
  );
  const used = new Set<number>();
  const columnOf = (patterns: readonly RegExp[]): number => {
    for (const pattern of patterns) {
      const at = names.findIndex((name, index) => !used.has(index) && pattern.test(name));
      if (at === -1) continue;
      used.add(at);
      return at;
    }
    return -1;
  };
  // Dates before people: `Notice date` and `Number of employees` share words with others.
  const company = columnOf(COLUMNS.company);
  const notice = columnOf(COLUMNS.notice);
  const effective = columnOf(COLUMNS.effective);
  const people = columnOf(COLUMNS.people);
  return { company, notice, effective, people, city: columnOf(COLUMNS.city), place: columnOf(COLUMNS.place) };
}

function hasColumns(row: readonly string[]): boolean {
  const { company, people } = columnsOf(row);
  return company !== -1 && people !== -1;
}

/** Years that are no mistake: the law is of 1988. */
const isLikely = (year: number): boolean => year >= 1989 && year < 2090;

/** One date may be a slip of the pen. A file in which most are impossible was spoilt, and its notices would be told again by other dates. */
function assertDates(source: string, cells: readonly string[]): void {
  const years = cells.flatMap((text) => /(?<!\d)\d{4}(?!\d)/.exec(text)?.map(Number) ?? []);
  if (years.filter((year) => !isLikely(year)).length * 2 > years.length)
    throw new SourceError(source, 'malformed', 'most dates of the file can not be');
}

function readCsv(source: string, csv: string): string[][] {
  if (/^\s*<(!doctype|html)/i.test(csv))
    throw new SourceError(source, 'malformed', 'a page instead of a file');
  try {
    return parse(csv, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 100_000,
    });
  } catch (cause) {
    throw new SourceError(source, 'malformed', 'unreadable CSV', { cause });
  }
}

/** `1,234` and `approx. 85`; null for `unknown`, negative numbers and nothing. */
export function headcountOf(text: string): number | null {
  const figure = /(?<![-\d.])\d{1,3}(?:,\d{3})+|(?<![-\d.])\d+/.exec(text)?.[0];
  const count = figure === undefined ? 0 : Number(figure.replaceAll(',', ''));
  return count > 0 && count < 1_000_000 ? count : null;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Year, month and day of the first date of a text: ISO, American (`7/2/2026`, `07-02-26`) or with the month's name. */
function partsOf(text: string): readonly [string, string, string] | null {
  const iso = /(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})/.exec(text);
  if (iso) return [iso[1] ?? '', iso[2] ?? '', iso[3] ?? ''];
  const american = /(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b/.exec(text);
  if (american) return [american[3] ?? '', american[1] ?? '', american[2] ?? ''];
  const named =
    /\b(?<month>[A-Za-z]{3})[a-z]*\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{4})\b/.exec(text) ??
    /(?<!\d)(?<day>\d{1,2})[- ](?<month>[A-Za-z]{3})[a-z]*[- ,]+(?<year>\d{4}|\d{2})\b/.exec(text);
  const month = MONTHS.indexOf(named?.groups?.['month']?.toLowerCase() ?? '') + 1;
  return month === 0 ? null : [named?.groups?.['year'] ?? '', String(month), named?.groups?.['day'] ?? ''];
}

/** The first date of a cell as `YYYY-MM-DD`; null for none that exists. */
export function dayOf(text: string): string | null {
  const parts = partsOf(text);
  if (parts === null) return null;
  const [year, month, day] = parts;
  const at = `${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${at}T12:00:00.000Z`);
  return Number.isNaN(date.getTime()) ||
    date.toISOString().slice(0, 10) !== at ||
    date.getUTCFullYear() < 1989
    ? null
    : at;
}

function itemOfNotice(notice: Notice, source: ConfiguredSource): ListedItem {
  const identity = [notice.company, notice.noticedOn, notice.effectiveOn, notice.city, notice.people].join(
    '|',
  );
  return itemOf(createHash('sha256').update(identity.toLowerCase()).digest('hex').slice(0, 32), notice, {
    title: `${notice.company}: ${notice.people} people`,
    publicUrl: source.url,
    publishedAt: notice.noticedOn === '' ? null : `${notice.noticedOn}T12:00:00.000Z`,
  });
}

function readNotice(source: ConfiguredSource, item: ListedItem, body: string): ItemReading {
  const {
    company = '',
    people = '',
    effectiveOn = '',
    city = '',
    place = '',
    line = '',
  } = readBody(source.id, body);
  const count = Number(people);
  const where = [city, source.region].filter(Boolean).join(', ');
  return {
    outcome: 'signal',
    finding: {
      kind: 'budget_cut',
      eventKey: `${source.id}/${item.key}`,
      company: {
        name: company,
        formerNames: [],
        ids: [],
        domain: null,
        city: city === '' ? null : city,
        region: source.region,
        country: 'US',
      },
      corroboration: [city, place, source.region ?? ''].join('\n'),
      occurredAt: item.publishedAt,
      strength: Math.min(0.9, 0.5 + Math.log10(Math.max(1, count)) / 10),
      summary: `${company} announced to the state that ${count.toLocaleString('en-US')} people${where === '' ? '' : ` in ${where}`} will be laid off${effectiveOn === '' ? '' : ` (effective ${dayInWords(effectiveOn)})`}.`,
      facts: {
        people: count,
        effectiveOn: effectiveOn === '' ? null : effectiveOn,
        city: city === '' ? null : city,
      },
      evidence: { url: item.publicUrl, quote: line, quoteStart: 0 },
    },
  };
}
