import { createHash } from 'node:crypto';

import { valueAt } from '@penstock/kernel/json-pointer';
import {
  SourceError,
  type DescribedSettings,
  type ItemReading,
  type ListedItem,
  type SourceAdapter,
  type SignalKind,
} from '@penstock/signals/source-port';

import { instantOf, webAddress } from '../boards/board-reply.ts';
import { plainLine } from '../html-text.ts';
import type { ConfiguredSource } from './configured.ts';
import { itemOf, readBody, requireFile } from './configured-item.ts';
import { requestAfter, requestFor } from './described-request.ts';

const MOST_ITEMS = 1_000;
const MOST_BODY_BYTES = 5 * 1024 * 1024;
const TITLE_CHARACTERS = 300;

/** A source that RevOps describes: a request, where the items of its JSON are, and what stands where in each. */
export function createDescribedSource(
  source: Omit<ConfiguredSource, 'url' | 'region'>,
  settings: DescribedSettings,
  contact: string,
): SourceAdapter {
  const url = new URL(settings.url);
  const { id } = source;
  return {
    manifest: {
      id,
      name: source.name,
      host: url.hostname,
      pollEverySeconds: source.pollEverySeconds ?? settings.everyMinutes * 60,
      limits: [{ requests: 1, windowMs: 1_000 }],
      maxBodyBytes: MOST_BODY_BYTES,
      licence: 'As agreed with whoever runs it.',
      cost: 'As agreed with whoever runs it.',
      canKnow: 'What its items say, as it was described.',
      cannotKnow: 'What stands elsewhere in its replies.',
    },
    isWindow: true,
    mostPages: settings.pages?.most ?? 1,
    listRequest: (_cursor, page) =>
      page === 0 ? requestFor(settings, contact, { page, cursor: null }) : null,
    nextRequest(reply, asked, page) {
      const { items, leftOut } = readDescribed(id, settings, reply.body);
      return requestAfter(id, settings, contact, { reply, asked, page, rows: items.length + leftOut });
    },
    parseList(reply) {
      requireFile(id, reply);
      const told = readDescribed(id, settings, reply.body);
      return { items: told.items.map((item) => itemOfTold(item, settings.url)) };
    },
    nextCursor: () => null,
    itemRequest: (item) => ({ path: item.documentPath }),
    parseItem: (item, reply) => readTold(id, settings, item, reply.body),
  };
}

export type ToldItem = {
  key: string;
  company: string;
  domain: string;
  cik: string;
  kind: SignalKind;
  title: string;
  date: string;
  link: string;
};

/**
 * The items of a reply, and how many had to be left out: without a company, or of a kind that was not described.
 * @throws SourceError `malformed` where there is no list, or none of its items can be read
 */
export function readDescribed(
  source: string,
  settings: DescribedSettings,
  body: string,
): { items: ToldItem[]; leftOut: number } {
  let reply: unknown;
  try {
    reply = JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new SourceError(source, 'malformed', 'not JSON', { cause });
  }
  const rows = valueAt(reply, settings.items);
  if (!Array.isArray(rows))
    throw new SourceError(
      source,
      'malformed',
      `no list at ${settings.items === '' ? 'the top' : settings.items}`,
    );
  const read = rows.slice(0, MOST_ITEMS).map((row) => toldIn(settings, row));
  const items = read.filter((item) => item !== null);
  if (rows.length > 0 && items.length === 0)
    throw new SourceError(
      source,
      'malformed',
      `none of ${rows.length} items names a company and what it tells`,
    );
  return { items, leftOut: read.length - items.length };
}

function toldIn(settings: DescribedSettings, row: unknown): ToldItem | null {
  const { at } = settings;
  const text = (pointer: string | undefined): string => {
    const value = pointer === undefined ? undefined : valueAt(row, pointer);
    return typeof value === 'string' || typeof value === 'number'
      ? plainLine(String(value)).slice(0, TITLE_CHARACTERS)
      : '';
  };
  const kind = kindIn(settings, text(at.kind));
  if (kind === null) return null;
  const told = {
    company: text(at.company),
    domain: hostOf(text(at.domain)),
    cik: /^\d{1,10}$/.test(text(at.cik)) ? text(at.cik).padStart(10, '0') : '',
    kind,
    title: text(at.title),
    date: dateIn(at.date === undefined ? undefined : valueAt(row, at.date)),
    link: webAddress(text(at.link), ''),
  };
  if (told.title === '' || (told.company === '' && told.domain === '')) return null;
  const own = text(at.key);
  const identity =
    own === '' ? [told.company, told.domain, told.title, told.date, told.link].join('\n') : own;
  return { ...told, key: createHash('sha256').update(identity).digest('hex').slice(0, 32) };
}

const kindIn = ({ tells }: DescribedSettings, word: string): SignalKind | null => {
  const said = word.toLowerCase();
  // A vendor's word may be the name of what every object has.
  return (Object.hasOwn(tells.byWord, said) ? tells.byWord[said] : tells.always) ?? null;
};

/** ISO, a day, or seconds or milliseconds since 1970; empty for what is no moment. */
function dateIn(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const number = typeof value === 'number' || /^\d{9,13}$/.test(value) ? Number(value) : null;
  return instantOf(number === null ? value : number < 100_000_000_000 ? number * 1_000 : number) ?? '';
}

const itemOfTold = (told: ToldItem, sourceUrl: string): ListedItem =>
  itemOf(told.key, told, {
    title: told.title,
    publicUrl: told.link === '' ? sourceUrl : told.link,
    publishedAt: told.date === '' ? null : told.date,
  });

function readTold(
  source: string,
  { strength, tells }: DescribedSettings,
  item: ListedItem,
  body: string,
): ItemReading {
  const { company = '', domain = '', cik = '', kind = '', title = '' } = readBody(source, body);
  const known = [...Object.values(tells.byWord), tells.always].find((one) => one !== null && one === kind);
  if (!known) return { outcome: 'no_signal', reason: `nothing is told of the kind ${kind}` };
  const isIdentified = domain !== '' || cik !== '';
  const name = company === '' ? domain : company;
  return {
    outcome: 'signal',
    finding: {
      kind: known,
      eventKey: `${source}/${item.key}`,
      company: {
        name,
        formerNames: [],
        ids: cik === '' ? [] : [{ system: 'sec', kind: 'cik', value: cik }],
        domain: domain === '' ? null : domain,
        city: null,
        region: null,
        country: null,
      },
      // A name alone counts only if the title names the account's domain or place; else a person decides.
      ...(!isIdentified && { corroboration: title }),
      occurredAt: item.publishedAt,
      strength,
      summary: `${name}: ${title}`.slice(0, TITLE_CHARACTERS),
      facts: {},
      evidence: { url: item.publicUrl, quote: title, quoteStart: 0 },
    },
  };
}

/** `https://www.acme.com/about` and `acme.com` → `acme.com` */
function hostOf(domain: string): string {
  if (domain === '') return '';
  const address = domain.includes('://') ? domain : `https://${domain}`;
  return URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : '';
}
