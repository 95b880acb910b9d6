/** What may happen to the reply of a source on its way. */
export const FAULTS = [
  '503',
  '429',
  'half',
  'page',
  'renamed',
  'another',
  'future',
  'past',
  'empty',
  'broken',
] as const;
export type Fault = (typeof FAULTS)[number];

export type StormReply = { status: number; headers: Record<string, string>; body: string };

const RENAMED: readonly [RegExp, string][] = [
  [/"(title|text|name|id|jobs|content|results)":/g, '"x_$1":'],
  [/<(\/?)(item|entry|issuer|primaryIssuer|channel)\b/g, '<$1x-$2'],
  [/^(Company),/gm, 'Betrieb,'],
  [/No\. Of Employees/g, 'Belegschaft'],
  [/^Form Type +Company Name/gm, 'Kind of form  Name'],
  [/"records":/g, '"x_records":'],
  [/CONFORMED SUBMISSION TYPE|<TYPE>/g, 'KIND'],
];
const ISO = /\b20\d\d-(\d\d-\d\d(?:T\d\d:\d\d))/g;
const RFC822 = /(\d\d [A-Z][a-z]{2}) 20\d\d/g;
const SLASHED = /\b(\d{1,2}\/\d{1,2})\/20\d\d/g;

const dated = (body: string, year: string): string =>
  body.replaceAll(ISO, `${year}-$1`).replaceAll(RFC822, `$1 ${year}`).replaceAll(SLASHED, `$1/${year}`);

/** What somebody else's address answers, where the vendor has no second one to ask. */
export const OTHERS = {
  feed: `<rss version="2.0"><channel><title>Another paper</title><item><title>Somewhere Bakery raises $3 million</title><link>https://other.example/1</link><guid>other-1</guid><description>Nowhere: said the baker.</description></item></channel></rss>`,
  notices:
    'Company,City,Notice Date,Effective Date,No. Of Employees\r\nSomewhere Bakery,Nowhere,11/20/2026,1/20/2027,12\r\n',
};

/** Where the same question about somebody else is asked; null where there is no such place. */
export function elsewhere(
  host: string,
  path: string,
  other: { boardOf: (board: string) => string; filing: string | null; name: string },
): { host: string; path: string } | null {
  if (host === 'dns.sandbox') return { host, path: path.replace(/name=[^&]+/, `name=${other.name}`) };
  if (host === 'www.sec.gov' && path.includes('getcurrent'))
    return { host, path: path.replace('type=D&', 'type=10-K&') };
  if (/primary_doc|\.txt$/.test(path)) return other.filing === null ? null : { host, path: other.filing };
  const named =
    /(?<=^\/v1\/boards\/|^\/v0\/postings\/|job-board\/|companies\/|accounts\/)[^/?]+/.exec(path)?.[0] ??
    /^([\w-]+)\.recruitee\.com$/.exec(host)?.[1];
  if (named === undefined) return null;
  const board = other.boardOf(named);
  return { host: host.replace(`${named}.recruitee`, `${board}.recruitee`), path: path.replace(named, board) };
}

/**
 * A reply as the fault leaves it. `another` is made by asking elsewhere; `broken` is a connection that ends too early, which has no reply.
 * @param cut 0–1: where half a reply ends
 */
export function spoil(
  fault: Exclude<Fault, 'another' | 'broken'>,
  reply: StormReply,
  cut: number,
): StormReply {
  const { body } = reply;
  switch (fault) {
    case '503':
      return { status: 503, headers: {}, body: 'Service Unavailable' };
    case '429':
      return { status: 429, headers: { 'retry-after': '7' }, body: 'Too Many Requests' };
    case 'half':
      return { ...reply, body: body.slice(0, Math.floor(body.length * cut)) };
    case 'page':
      return {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><html><head><title>Just a moment...</title></head><body><p>Checking your browser</p></body></html>',
      };
    case 'renamed':
      return { ...reply, body: RENAMED.reduce((text, [from, to]) => text.replaceAll(from, to), body) };
    case 'future':
      return { ...reply, body: dated(body, '2099') };
    case 'past':
      return { ...reply, body: dated(body, '1901') };
    case 'empty':
      return { ...reply, body: '' };
  }
}
