import { wordTable } from '@penstock/kernel/word-table';

export type SiteAddress = { host: string; path: string };

/** Words by which sites call their openings, without accents: English, German, French, Spanish, Portuguese, Italian, Dutch, Nordic, Polish. */
const WORDS =
  /\b(careers?|jobs?|job openings|openings|open positions|open roles|vacanc(y|ies)|join us|join our team|work (with|for) us|work at|we re hiring|hiring|karriere|karriar|karriera|kariera|stellen|stellenangebote|stellenanzeigen|jobangebote|offene stellen|emplois?|carrieres?|recrutement|nous rejoindre|rejoignez nous|empleos?|vacantes|trabaja|trabaja con nosotros|carreiras?|vagas|trabalhe conosco|empregos?|carriera|lavora|lavora con noi|posizioni aperte|vacatures?|werken bij|ledige (stillinger|tjanster)|stillinger|jobba|praca|oferty pracy)\b/;

const LINKS = /<a\s([^<>]{1,800})>/gi;
const HREF = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;
const MOST_LINKS = 3_000;
const LONGEST_TEXT = 160;
/** A page of openings lies near the top; an article about jobs lies deep. */
const DEEPEST = 4;

/**
 * Pages that the links of a site's page call its openings, on the company's own domain and below it, the likeliest first.
 * @param at the page that holds the links
 * @param domain the company's, bare
 */
export function careersLinks(html: string, at: SiteAddress, domain: string, most: number): SiteAddress[] {
  const base = `https://${at.host}${at.path}`;
  const found = new Map<string, { page: SiteAddress; rank: number }>();
  let read = 0;
  for (const link of html.matchAll(LINKS)) {
    if ((read += 1) > MOST_LINKS) break;
    const href = HREF.exec(link[1] ?? '')
      ?.slice(1)
      .find((part) => part !== undefined);
    const page = href === undefined ? null : ownPage(href.replaceAll('&amp;', '&'), base, domain);
    if (page === null || (page.host === at.host && page.path === at.path)) continue;
    const end = link.index + link[0].length;
    const rank = rankOf(page, textAfter(html, end), domain);
    if (rank === null) continue;
    const key = `${page.host}${page.path.replace(/\/$/, '')}`;
    const known = found.get(key);
    if (known === undefined || known.rank > rank) found.set(key, { page, rank });
  }
  return [...found.values()]
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ page }) => page);
}

/** The address of a page of the company's own; null for any other. */
export function ownPage(href: string, base: string, domain: string): SiteAddress | null {
  if (!URL.canParse(href, base)) return null;
  const url = new URL(href, base);
  const isWeb = (url.protocol === 'https:' || url.protocol === 'http:') && url.port === '';
  const isOwn = url.hostname === domain || url.hostname.endsWith(`.${domain}`);
  return isWeb && isOwn && url.username === ''
    ? { host: url.hostname, path: url.pathname + url.search }
    : null;
}

/** Called so by address and text 0, by one of them 1, deeper pages after others; null for what is called something else. */
function rankOf({ host, path }: SiteAddress, text: string, domain: string): number | null {
  const steps = path.split('?')[0]?.split('/').filter(Boolean) ?? [];
  const label = host.slice(0, Math.max(0, host.length - domain.length));
  const byAddress = WORDS.test(wordsOf(`${label} ${decoded(steps.join(' '))}`));
  const byText = WORDS.test(wordsOf(text));
  if (steps.length > DEEPEST || (!byAddress && !byText)) return null;
  return (byAddress && byText ? 0 : 10) + steps.length;
}

function textAfter(html: string, start: number): string {
  const text = html.slice(start, start + LONGEST_TEXT);
  const end = text.toLowerCase().indexOf('</a');
  return (end === -1 ? text : text.slice(0, end)).replaceAll(/<[^>]*>?/g, ' ');
}

const ENTITIES = wordTable<string>({ egrave: 'e', eacute: 'e', auml: 'a', rsquo: ' ' });

const wordsOf = (text: string): string =>
  text
    .replaceAll(/&(#\d+|#x[\da-f]+|\w+);/gi, (_, name: string) => ENTITIES[name.toLowerCase()] ?? ' ')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
