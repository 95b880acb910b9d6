/** What is known of an account, from stored facts only, in the order in which a rep asks. */

export type ResearchLine = {
  label: string;
  value: string;
  source: string;
  at: Date | null;
  url: string | null;
};

export type KnownAccount = {
  industry: string | null;
  employeeCount: number | null;
  annualRevenueUsd: number | null;
  country: string | null;
  region: string | null;
  city: string | null;
  origin: string;
};
export type KnownValue = { field: string; value: string; source: string; observedAt: Date };
export type KnownDeal = {
  name: string;
  stageType: 'open' | 'won' | 'lost' | 'post_sale';
  lostReason: string | null;
  ownerName: string;
  updatedAt: Date;
};
export type KnownNews = {
  summary: string;
  source: string;
  occurredAt: Date;
  url: string | null;
  count: number;
};

const FIELDS: Record<string, string> = {
  industry: 'Industry',
  employee_count: 'Employees',
  annual_revenue_usd: 'Annual revenue',
  tech_stack: 'Uses',
  technologies: 'Uses',
  founded_year: 'Founded',
  description: 'About',
};
const MOST_NEWS = 4;

/** Lines of the research card; what nobody knows has no line. */
export function researchCard(known: {
  account: KnownAccount;
  values: readonly KnownValue[];
  deals: readonly KnownDeal[];
  news: readonly KnownNews[];
  gaps: readonly string[];
}): ResearchLine[] {
  const { account, values } = known;
  const place = [account.city, account.region, account.country].filter(Boolean).join(', ');
  const own = (field: string, label: string, value: string | null): ResearchLine[] => {
    const found = values.find((one) => one.field === field);
    if (found) return [{ label, value: found.value, source: found.source, at: found.observedAt, url: null }];
    return value === null ? [] : [{ label, value, source: account.origin, at: null, url: null }];
  };
  return [
    ...own('industry', 'Industry', account.industry),
    ...own('employee_count', 'Employees', account.employeeCount?.toLocaleString('en-US') ?? null),
    ...own('annual_revenue_usd', 'Annual revenue', dollars(account.annualRevenueUsd)),
    ...(place === '' ? [] : [{ label: 'Place', value: place, source: account.origin, at: null, url: null }]),
    ...values
      .filter(
        ({ field }) =>
          FIELDS[field] !== undefined &&
          !['industry', 'employee_count', 'annual_revenue_usd'].includes(field),
      )
      .map(({ field, value, source, observedAt }) => ({
        label: FIELDS[field] ?? field,
        value,
        source,
        at: observedAt,
        url: null,
      })),
    ...known.news.slice(0, MOST_NEWS).map((news) => ({
      label: 'News',
      value: news.count > 1 ? `${news.summary} (newest of ${news.count})` : news.summary,
      source: news.source,
      at: news.occurredAt,
      url: news.url,
    })),
    ...known.deals.map((deal) => ({
      label: deal.stageType === 'open' ? 'Open deal' : deal.stageType === 'lost' ? 'Lost deal' : 'Won deal',
      value: `${deal.name}, ${deal.ownerName}${deal.lostReason ? `: ${deal.lostReason}` : ''}`,
      source: 'pipeline',
      at: deal.updatedAt,
      url: null,
    })),
    ...(known.gaps.length === 0
      ? []
      : [
          {
            label: 'Not known',
            value: known.gaps.join(', '),
            source: 'people of the account',
            at: null,
            url: null,
          },
        ]),
  ];
}

function dollars(amount: number | null): string | null {
  if (amount === null) return null;
  if (amount >= 1e9) return `$${(amount / 1e9).toFixed(1)}B`;
  return amount >= 1e6 ? `$${(amount / 1e6).toFixed(1)}M` : `$${amount.toLocaleString('en-US')}`;
}
