import type { Clock } from '@penstock/kernel/clock';
import type { Hono } from 'hono';

import type { World } from '../world/world.ts';
import type { Happened, HappeningBook } from './happenings.ts';

const GAP_MS = 5_000;

/** `doc/doc?mode=ArtList`: titles word by word, faults as plain text, one request in five seconds. */
export function mountGdelt(
  app: Hono,
  { world, happenings, clock }: { world: World; happenings: HappeningBook; clock: Clock },
): void {
  let lastMs = Number.NEGATIVE_INFINITY;
  app.get('/api.gdeltproject.org/api/v2/doc/doc', (context) => {
    const nowMs = clock.now().getTime();
    if (nowMs - lastMs < GAP_MS) return context.text('Please limit requests to one every 5 seconds.', 429);
    lastMs = nowMs;
    const query = (context.req.query('query') ?? '').toLowerCase();
    const phrase = /"([^"]*)"/.exec(query)?.[1] ?? '';
    if (phrase.length < 5) return context.text('The specified phrase is too short.');
    const from = momentOf(context.req.query('startdatetime'));
    // It looks in whole articles, which name the company with its domain and its city.
    const company = world.companies.find(
      ({ name, domain, city }) =>
        name.toLowerCase().startsWith(phrase) &&
        [domain, city].some((word) => query.includes(`"${word.toLowerCase()}"`)),
    );
    const news = company ? happenings.since(company.domain, 'news', from) : [];
    return context.json(
      news.length === 0 ? {} : { articles: news.map((one) => articleOf(one, company?.name ?? '')) },
    );
  });
}

function articleOf(news: Extract<Happened, { what: 'news' }>, name: string) {
  return {
    url: `https://paper.example/${news.domain}/${news.id}`,
    url_mobile: '',
    title: titleOf(news, name),
    seendate: `${news.at.toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`,
    socialimage: '',
    domain: 'paper.example',
    language: 'English',
    sourcecountry: 'United States',
  };
}

function titleOf({ category, attributes }: Extract<Happened, { what: 'news' }>, name: string): string {
  if (category === 'receives_financing')
    return `${name} raises $ ${Math.round(Number(attributes?.['amount_normalized'] ?? 1e7) / 1e6)} million in Series B`;
  if (category === 'decreases_headcount_by')
    return `${name} cuts ${Number(attributes?.['headcount'] ?? 100)} jobs , analysts say`;
  return `${name} : ${category.replaceAll('_', ' ')}`;
}

function momentOf(stamp: string | undefined): Date {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(stamp ?? '');
  return parts
    ? new Date(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z`)
    : new Date(0);
}
