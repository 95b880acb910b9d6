import type { World } from '../world/world.ts';
import { findCompany } from './find-person.ts';
import type { Happened, HappeningBook } from './happenings.ts';
import type { VendorAnswer, VendorSimulator } from './vendor.ts';

const problem = (status: 401 | 402 | 404 | 429, type: string): VendorAnswer => ({
  status,
  body: { error: { type, message: type } },
});

const ROUTE = /^\/api\/v3\/companies\/([^/]+)\/(news_events|job_openings|technology_detections)$/;

/** JSON:API by company, in pages: a credit for each, one with nothing on it as well. */
export function predictLeadsSimulator(world: World, happenings: HappeningBook): VendorSimulator {
  return {
    vendor: 'predictleads',
    host: 'predictleads.com',
    keyIn: { basic: true },
    limits: [{ requests: 60, windowMs: 60_000 }],
    refuse: (why) =>
      ({
        bad_key: problem(401, 'unauthorized'),
        no_credits: problem(402, 'payment_required'),
        rate_limited: problem(429, 'rate_limited'),
      })[why],
    answer(call, _spoil, account) {
      if (call.path === '/api/v3/api_subscription')
        return {
          status: 200,
          body: {
            data: [
              {
                type: 'api_subscription',
                attributes: { monthly_credits_quota: account.creditsLeft, monthly_credits_used: 0 },
              },
            ],
          },
        };
      const [, domain = '', what = ''] = ROUTE.exec(decodeURIComponent(call.path)) ?? [];
      const company = findCompany(world, domain);
      if (call.method !== 'GET' || what === '' || !company) return problem(404, 'not_found');
      return list(what, company, happenings, call.query);
    },
  };
}

type Company = NonNullable<ReturnType<typeof findCompany>>;

function list(
  what: string,
  company: Company,
  happenings: HappeningBook,
  query: URLSearchParams,
): VendorAnswer {
  const from = new Date(query.get('found_at_from') ?? query.get('first_seen_at_from') ?? 0);
  const categories = query.get('categories')?.split(',');
  const limit = Math.min(1_000, Number(query.get('limit') ?? 100));
  const rows =
    what === 'news_events'
      ? happenings
          .since(company.domain, 'news', from)
          .filter(({ category }) => categories === undefined || categories.includes(category))
      : what === 'job_openings'
        ? happenings.since(company.domain, 'opening', from)
        : happenings.since(company.domain, 'technology', from);
  const start = (Number(query.get('page') ?? 1) - 1) * limit;
  const page = rows.slice(start, start + limit);
  const included = new Map<string, unknown>([['c', companyOf(company)]]);
  for (const row of page) for (const one of alongWith(row)) included.set(one.id, one);
  return {
    status: 200,
    body: {
      data: page.map((row) => resourceOf(row, company)),
      included: [...included.values()],
      meta: { count: page.length },
    },
    charge: { capability: what, personKey: `${company.domain}/${what}/${query.toString()}`, credits: 1 },
  };
}

const companyOf = ({ key, domain, name }: Company) => ({
  id: key,
  type: 'company',
  attributes: { domain, company_name: name, ticker: null },
});

/** What a row points at besides its company. */
function alongWith(row: Happened) {
  if (row.what === 'technology')
    return [{ id: `t-${row.name}`, type: 'technology', attributes: { name: row.name } }];
  if (row.what === 'opening') return [];
  const url = `https://press.example/${row.domain}/${row.id}`;
  const title = `${row.domain}: ${row.category.replaceAll('_', ' ')}`;
  return [
    {
      id: `a-${row.id}`,
      type: 'news_article',
      attributes: { url, title, published_at: row.at.toISOString() },
    },
  ];
}

const to = (type: string, id: string) => ({ data: { id, type } });

function resourceOf(row: Happened, company: Company) {
  const seen = row.at.toISOString();
  const own = to('company', company.key);
  if (row.what === 'technology')
    return {
      id: `d-${row.id}`,
      type: 'technology_detection',
      attributes: { first_seen_at: seen, last_seen_at: seen },
      relationships: { company: own, technology: to('technology', `t-${row.name}`) },
    };
  if (row.what === 'opening')
    return {
      id: `o-${row.id}`,
      type: 'job_opening',
      attributes: {
        title: row.title,
        url: `https://${row.domain}/jobs/${row.id}`,
        first_seen_at: seen,
        last_seen_at: seen,
        categories: ['sales'],
        location: row.city ?? null,
        location_data: row.country === undefined ? [] : [{ country: row.country }],
      },
      relationships: { company: own },
    };
  return {
    id: `n-${row.id}`,
    type: 'news_event',
    attributes: {
      category: row.category,
      summary: `${company.name} ${row.category.replaceAll('_', ' ')}.`,
      article_sentence: `${company.name} ${row.category.replaceAll('_', ' ')}, it was announced today.`,
      found_at: seen,
      effective_date: seen.slice(0, 10),
      confidence: 0.9,
      planning: false,
      location_data: [],
      ...row.attributes,
    },
    relationships: { company1: own, most_relevant_source: to('news_article', `a-${row.id}`) },
  };
}
