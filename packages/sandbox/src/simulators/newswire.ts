import type { Clock } from '@penstock/kernel/clock';
import type { Hono } from 'hono';

import type { World, WorldCompany } from '../world/world.ts';
import type { ReleaseBook } from './sec-edgar/release-book.ts';

/** Where the sandbox prints news and a state publishes its notices of lay-offs. */
export const NEWSWIRE_FEED = 'https://newswire.example/feed.xml';
export const WARN_FILE = 'https://warn.example/ca.csv';
export const WARN_REGION = 'CA';

const DAY_MS = 86_400_000;
const NOTICE_EVERY_MS = 10 * 60_000;
/** The oldest filing of the sandbox is this old when it starts. */
const OLDEST_FILING_DAYS = 10;

/** A newspaper that tells of every round that is filed, and a state's file of notices that grows by a row every ten minutes. */
export function mountNewswire(app: Hono, deps: { world: World; releases: ReleaseBook; clock: Clock }): void {
  app.get('/newswire.example/feed.xml', (context) =>
    context.body(feedOf(deps.world, deps.releases), 200, {
      'content-type': 'application/rss+xml; charset=utf-8',
    }),
  );
  app.get('/warn.example/ca.csv', (context) =>
    context.body(noticesOf(deps), 200, { 'content-type': 'text/csv; charset=utf-8' }),
  );
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function feedOf(world: World, releases: ReleaseBook): string {
  const byCik = new Map(world.companies.map((company) => [company.cik, company]));
  const items = releases.published().flatMap((filing) => {
    const company = byCik.get(filing.cik);
    const sold = Number(/<totalAmountSold>(\d+)</.exec(filing.xml)?.[1] ?? 0);
    return company && filing.form === 'D' && sold > 0 ? [article(company, sold, filing)] : [];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0"><channel><title>Sandbox Newswire</title><link>https://newswire.example/</link>',
    ...items,
    '</channel></rss>',
    '',
  ].join('\n');
}

function article(
  company: WorldCompany,
  sold: number,
  filing: { accession: string; publishedAt: string },
): string {
  const millions = `$${(sold / 1_000_000).toFixed(1)} million`;
  return [
    '<item>',
    `<title>${escape(company.name)} raises ${millions} to grow in ${escape(company.industry.toLowerCase())}</title>`,
    `<description>&lt;p&gt;${escape(escape(company.city))}: ${escape(escape(company.name))} raised ${millions}, the company said.&lt;/p&gt;</description>`,
    `<link>https://newswire.example/${filing.accession}</link>`,
    `<guid isPermaLink="false">newswire-${filing.accession}</guid>`,
    `<pubDate>${new Date(filing.publishedAt).toUTCString()}</pubDate>`,
    '</item>',
  ].join('\n');
}

function noticesOf({
  world,
  releases,
  clock,
}: {
  world: World;
  releases: ReleaseBook;
  clock: Clock;
}): string {
  const times = releases.published().map(({ publishedAt }) => Date.parse(publishedAt));
  const startedAt = Math.min(...times) + OLDEST_FILING_DAYS * DAY_MS;
  const grown = Math.floor(Math.max(0, clock.now().getTime() - startedAt) / NOTICE_EVERY_MS);
  const employers = world.companies.filter(
    ({ region, country }) => region === WARN_REGION && country === 'US',
  );
  const rows = employers.slice(0, 3 + Math.min(grown, 6)).map((company, at) => {
    const noticed = new Date(startedAt - (3 - at) * NOTICE_EVERY_MS);
    const effective = new Date(startedAt + 60 * DAY_MS);
    const people = String(Math.max(12, Math.round(company.employees / 10)));
    return [company.name, company.city, dayOf(noticed), dayOf(effective), people].map(cell).join(',');
  });
  return ['Company,City,Notice Date,Effective Date,No. Of Employees', ...rows, ''].join('\r\n');
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const dayOf = (at: Date): string => `${at.getUTCMonth() + 1}/${at.getUTCDate()}/${at.getUTCFullYear()}`;
