import { commonFaults, json } from './cases.ts';
import type { VendorCases } from './cases.ts';

export const SINCE = '2026-11-01T00:00:00.000Z';
const asked = { companyDomain: 'northmill.example', since: SINCE };
const noCredits = (status = 402) => ({
  'no credits left': { reply: json(status, { error: { code: 'E-020' } }), fault: 'quota_exhausted' },
});

const job = {
  id: 4_711,
  job_title: 'Head of Revenue Operations',
  url: 'https://theirstack.example/jobs/4711',
  final_url: 'https://northmill.example/careers/4711',
  location: 'Berlin, Germany',
  country_code: 'DE',
  country_codes: ['DE'],
  date_posted: '2026-11-10',
  discovered_at: '2026-11-11T08:30:00',
  company_object: { domain: 'northmill.example', name: 'Northmill' },
  technology_slugs: ['salesforce'],
};
export const jobsFound = (...jobs: unknown[]) =>
  json(200, { metadata: { total_results: null }, data: jobs.length === 0 ? [job] : jobs });
export const aJob = (changes: Record<string, unknown>) => ({ ...job, ...changes });

const technology = {
  technology: { name: 'Snowflake', slug: 'snowflake', category: 'Data Warehouse' },
  confidence: 'high',
  jobs: 4,
  first_date_found: '2026-11-12',
  last_date_found: '2026-11-20',
};

export const theirStackCases: readonly VendorCases[] = [
  {
    provider: 'theirstack',
    capability: 'jobs',
    asked,
    hit: jobsFound(),
    misses: {},
    faults: { ...commonFaults(jobsFound()), ...noCredits() },
  },
  {
    provider: 'theirstack',
    capability: 'technologies',
    asked,
    hit: json(200, { data: [technology] }),
    misses: {},
    faults: { ...commonFaults(json(200, { data: [technology] })), ...noCredits() },
  },
];

const company = (id: string, domain: string, company_name: string) => ({
  id,
  type: 'company',
  attributes: { domain, company_name, ticker: null },
});
const ARTICLE = {
  id: 'a1',
  type: 'news_article',
  attributes: {
    url: 'https://press.example/northmill-raises',
    title: 'Northmill raises $30 million',
    published_at: '2026-11-14T09:00:00Z',
  },
};
const COMPANIES = [
  company('c1', 'northmill.example', 'Northmill'),
  company('c2', 'harbourline.example', 'Harbourline'),
];
const to = (type: string, id: string) => ({ data: { id, type } });

/** An event of company1, told by the article. */
export const newsFound = (changes: Record<string, unknown>, relations: Record<string, unknown> = {}) =>
  json(200, {
    data: [
      {
        id: 'n1',
        type: 'news_event',
        attributes: {
          category: 'receives_financing',
          summary: 'Northmill raises $30 million.',
          article_sentence: 'Northmill has raised $30 million in a Series B round led by Ada Okafor.',
          found_at: '2026-11-14T10:00:00Z',
          effective_date: '2026-11-14',
          confidence: 0.94,
          planning: false,
          amount_normalized: 30_000_000,
          financing_type_normalized: 'series_b',
          location_data: [],
          ...changes,
        },
        relationships: {
          company1: to('company', 'c1'),
          most_relevant_source: to('news_article', 'a1'),
          ...relations,
        },
      },
    ],
    included: [...COMPANIES, ARTICLE],
    meta: { count: 1 },
  });
export const asSecond = { company1: to('company', 'c2'), company2: to('company', 'c1') };

const opening = json(200, {
  data: [
    {
      id: 'o1',
      type: 'job_opening',
      attributes: {
        title: 'Sales Operations Manager',
        url: 'https://northmill.example/jobs/1',
        first_seen_at: '2026-11-12T06:00:00Z',
        last_seen_at: '2026-11-20T06:00:00Z',
        posted_at: '2026-11-12',
        categories: ['sales', 'operations'],
        location: 'Munich, Germany',
        location_data: [{ city: 'Munich', state: null, country: 'Germany' }],
      },
      relationships: { company: to('company', 'c1') },
    },
  ],
  included: COMPANIES,
});
const detection = json(200, {
  data: [
    {
      id: 'd1',
      type: 'technology_detection',
      attributes: { first_seen_at: '2026-11-09T00:00:00Z', last_seen_at: '2026-11-20T00:00:00Z' },
      relationships: { company: to('company', 'c1'), technology: to('technology', 't1') },
    },
  ],
  included: [...COMPANIES, { id: 't1', type: 'technology', attributes: { name: 'Marketo' } }],
});

export const predictLeadsCases: readonly VendorCases[] = (
  [
    ['news', newsFound({})],
    ['openings', opening],
    ['technologies', detection],
  ] as const
).map(([capability, hit]) => ({
  provider: 'predictleads',
  capability,
  asked,
  hit,
  misses: {},
  faults: { ...commonFaults(hit), ...noCredits() },
}));

const tool = (Name: string, first: string, last: string) => ({
  Name,
  Tag: 'analytics',
  FirstDetected: Date.parse(first),
  LastDetected: Date.parse(last),
});
export const siteOf = (...paths: unknown[][]) =>
  json(200, {
    Results: [
      {
        Lookup: 'northmill.example',
        Result: { Paths: paths.map((Technologies) => ({ Domain: 'northmill.example', Technologies })) },
      },
    ],
    Errors: [],
  });
export const aTool = tool;
const site = siteOf([tool('HubSpot', '2026-11-15', '2026-11-28'), tool('nginx', '2019-01-01', '2026-11-28')]);
const said = (Message: string) => json(200, { Results: [], Errors: [{ Lookup: null, Message, Code: -2 }] });

export const builtWithCases: readonly VendorCases[] = [
  {
    provider: 'builtwith',
    capability: 'technologies',
    asked,
    hit: site,
    misses: {},
    faults: {
      ...commonFaults(site),
      'no credits left, inside a 200': {
        reply: said('You have insufficient API credits'),
        fault: 'quota_exhausted',
      },
      'a wrong key, inside a 200': { reply: said('API Key is not valid'), fault: 'unauthorized' },
      'another fault inside a 200': { reply: said('LOOKUP is not a domain'), fault: 'rejected' },
    },
  },
];

const newsOfLusha = {
  companyId: '3416',
  companyName: 'Northmill',
  domain: 'northmill.example',
  signalId: '1503910',
  eventType: 'funding round',
  eventSummary: 'Northmill has raised $30 million in a round led by Ada Okafor.',
  articlePublishedDate: '2026-11-15',
  articleTitle: 'Northmill raises $30 million',
  articleHighlight: 'The round was led by Ada Okafor.',
  eventEffectiveDate: '2026-11-14',
  articleUrl: 'https://press.example/northmill-raises',
};
/** What Lusha answers for the one company that was asked about, by kind of signal. */
export const lushaFound = (
  signals: Record<string, unknown[]>,
  creditCharged = 1,
  domain = 'northmill.example',
) =>
  json(200, {
    companies: { '1': { companyId: '3416', companyName: 'Northmill', domain, ...signals } },
    startDate: '2026-11-01',
    endDate: '2026-11-29',
    creditCharged,
  });
export const lushaNews = (changes: Record<string, unknown>) => ({ ...newsOfLusha, ...changes });
export const lushaSurge = {
  signalId: '1503905',
  signalDate: '2026-11-15',
  newJobsPostedLastWeek: 25,
  historicalAvg: 10,
  changeRatePercent: 150,
};
export const lushaGrowth = (newEmployeesCount: number) => ({
  signalId: '1503904',
  signalDate: '2026-11-16',
  baselineEmployeesCount: 500,
  newEmployeesCount,
});

export const lushaCases: readonly VendorCases[] = (
  [
    ['news', lushaFound({ financialEventsNews: [newsOfLusha] })],
    ['workforce', lushaFound({ surgeInHiring: [lushaSurge] })],
  ] as const
).map(([capability, hit]) => ({
  provider: 'lusha',
  capability,
  asked,
  hit,
  misses: {},
  faults: { ...commonFaults(hit), ...noCredits() },
}));
