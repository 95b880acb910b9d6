import { createHash } from 'node:crypto';

import { fold } from '@penstock/kernel/phrases';
import type { CompanyPress, PressArticle, PressCompany, SourceReply } from '@penstock/signals/source-port';
import { SourceError } from '@penstock/signals/source-port';
import { z } from 'zod';

import { readHeadline } from '../feeds/headline.ts';
import { hostOf } from '../feeds/read-feed.ts';
import { joinTitle } from './title.ts';

const ID = 'press/gdelt';
const HOST = 'api.gdeltproject.org';
const DAY_MS = 86_400_000;
/** It keeps three months; what is older is not asked for. */
const LONGEST_MS = 30 * DAY_MS;
const MOST_ARTICLES = 75;
/** It refuses shorter phrases, and they are words of everyday. */
const SHORTEST_NAME = 5;

/**
 * GDELT DOC 2.0: newspapers of the world by what stands in their articles, without a key. It asks for one request in five seconds. Only
 * titles and links come back.
 */
export const gdelt: CompanyPress = {
  manifest: {
    id: ID,
    name: 'GDELT: press by account',
    host: HOST,
    pollEverySeconds: 86_400,
    limits: [{ requests: 1, windowMs: 5_000 }],
    licence:
      'Free to use with attribution to the GDELT Project; headline and link are kept, the article is the publisher’s.',
    cost: 'Free.',
    canKnow:
      'What headlines of newspapers say of an account whose domain or city stands in the same article; English ones, or those of the languages that rules for news name.',
    cannotKnow: 'Articles that name neither; what stands in the article alone.',
  },

  request(company, since, now, languages) {
    const words = queryOf(company, languages);
    if (words === null) return null;
    const from = new Date(Math.max(since.getTime(), now.getTime() - LONGEST_MS));
    const search = new URLSearchParams({
      query: words,
      mode: 'ArtList',
      format: 'json',
      maxrecords: String(MOST_ARTICLES),
      sort: 'DateDesc',
      startdatetime: stamp(from),
      enddatetime: stamp(now),
    });
    return { path: `/api/v2/doc/doc?${search.toString()}`, headers: { accept: 'application/json' } };
  },

  parse(reply) {
    refuse(reply);
    const read = Reply.safeParse(jsonOf(reply.body));
    if (!read.success) throw new SourceError(ID, 'malformed', 'no list of articles');
    return read.data.articles.flatMap((article): PressArticle[] => {
      const parsed = Article.safeParse(article);
      const at = parsed.success ? momentOf(parsed.data.seendate) : null;
      if (!parsed.success || at === null || !/^https?:\/\//.test(parsed.data.url)) return [];
      const { url, title, language } = parsed.data;
      const code = Object.entries(LANGUAGES).find(([, name]) => name === language.toLowerCase())?.[0];
      return [{ url, title: joinTitle(title), at, language: code ?? null }];
    });
  },

  read({ url, title, at, language }, company) {
    const claim = readHeadline(title);
    const isAbout = claim !== null && isNamed(claim.company, company.name);
    const isTitled = isAbout || fold(title).includes(fold(plain(company.name)));
    const key = createHash('sha256').update(url).digest('hex').slice(0, 32);
    return {
      key: `${key}/${company.domain ?? company.name}`,
      eventKey: `${ID}/${key}`,
      title,
      text: '',
      url,
      publisher: hostOf(url),
      language,
      publishedAt: at,
      claim: isAbout ? claim : null,
      named: isTitled ? [company.name] : [],
      mentioned: [company.name],
    };
  },
};

/** The name as a phrase, and beside it the domain or the city: an article that names both is about this company. */
function queryOf({ name, domain, city }: PressCompany, languages: readonly string[]): string | null {
  const phrase = plain(name);
  if (phrase.length < SHORTEST_NAME) return null;
  const beside = [domain, city].flatMap((one) =>
    one && plain(one).length >= SHORTEST_NAME ? [`"${plain(one)}"`] : [],
  );
  if (beside.length === 0) return null;
  const asked = anyOf(languages.flatMap((code) => LANGUAGES[code] ?? []).map((name) => `sourcelang:${name}`));
  return `"${phrase}" ${anyOf(beside)} ${asked === '' ? 'sourcelang:english' : asked}`;
}

/** One stands alone: brackets around a single word are refused. */
const anyOf = (words: readonly string[]): string =>
  words.length > 1 ? `(${words.join(' OR ')})` : (words[0] ?? '');

/** Quotes and brackets are its own signs; legal forms are left out by newspapers. */
const plain = (text: string): string =>
  text
    .replaceAll(/["()]/g, ' ')
    .replaceAll(/,? (?:inc|llc|ltd|plc|gmbh|corp|corporation|s\.a|ag|b\.v|co)\.?$/gi, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** `Northmill` of a headline is `Northmill Software, Inc.`, and not `Northmill Road Cafe` the other way round. */
function isNamed(told: string, name: string): boolean {
  const [short, long] = [plain(told).toLowerCase(), plain(name).toLowerCase()];
  return short === long || long.startsWith(`${short} `);
}

const stamp = (at: Date): string => at.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);

/** `20261130T101500Z` */
function momentOf(seen: string): string | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)Z?$/.exec(seen);
  if (!parts) return null;
  const at = new Date(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

const Article = z.object({
  url: z.string(),
  title: z.string(),
  seendate: z.string(),
  language: z.string().default(''),
});

/** Its names of the languages that rules may ask for. */
const LANGUAGES: Readonly<Record<string, string>> = {
  en: 'english',
  de: 'german',
  fr: 'french',
  es: 'spanish',
  nl: 'dutch',
  it: 'italian',
  pt: 'portuguese',
  sv: 'swedish',
  da: 'danish',
  no: 'norwegian',
  fi: 'finnish',
  pl: 'polish',
  cs: 'czech',
  ja: 'japanese',
  ko: 'korean',
  zh: 'chinese',
};
/** Nothing found is an empty object. */
const Reply = z.object({ articles: z.array(z.unknown()).default([]) });

/** What is wrong is said as plain text, with whatever status. */
function refuse(reply: SourceReply): void {
  if (reply.status === 429 || /limit requests/i.test(reply.body.slice(0, 300)))
    throw new SourceError(ID, 'rate_limited', 'one request in five seconds');
  if (reply.status >= 500) throw new SourceError(ID, 'unavailable', `HTTP ${reply.status}`);
  if (reply.status !== 200) throw new SourceError(ID, 'forbidden', `HTTP ${reply.status}`);
  if (
    /too (?:short|common|long)|not a valid/i.test(reply.body.slice(0, 300)) &&
    !reply.body.trimStart().startsWith('{')
  )
    throw new SourceError(ID, 'malformed', 'it does not take this name');
}

/** Titles hold signs that JSON does not allow: they are mended rather than all articles lost. */
function jsonOf(body: string): unknown {
  for (const text of [body, mended(body)]) {
    try {
      return JSON.parse(text);
    } catch {
      // The next one, or none.
    }
  }
  return undefined;
}

const mended = (body: string): string =>
  // eslint-disable-next-line no-control-regex
  body.replaceAll(/\\(?!["\\/bfnrtu])/g, '\\\\').replaceAll(/[\u0000-\u001F]+/g, ' ');
