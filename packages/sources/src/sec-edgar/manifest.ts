import type { SourceManifest } from '@penstock/signals/source-port';

const shared = {
  host: 'www.sec.gov',
  // sec.gov/os/accessing-edgar-data: ten requests a second over all machines; half of it leaves room for others.
  limits: [{ requests: 5, windowMs: 1_000 }],
  licence: 'Public record of the US government.',
  cost: 'Free; a declared User-Agent with company and mailbox is required.',
  canKnow:
    'Companies in or selling into the US that raised money without a public offering, with amounts and dates.',
  cannotKnow:
    'Rounds that were never filed or are filed late (the term is 15 days after the first sale); valuation; web domain.',
} as const;

export const currentFormDManifest: SourceManifest = {
  ...shared,
  id: 'sec-edgar/current-form-d',
  name: 'SEC EDGAR: new Form D filings',
  pollEverySeconds: 60,
};

export const dailyIndexManifest: SourceManifest = {
  ...shared,
  id: 'sec-edgar/daily-index',
  name: 'SEC EDGAR: index of each day (catching up)',
  pollEverySeconds: 21_600,
};

const aboutReports = {
  canKnow:
    'Who leaves and joins the management of listed companies, their lay-offs and completed acquisitions.',
  cannotKnow: 'Companies that are not listed in the US; reports are due within four business days.',
} as const;

export const current8KManifest: SourceManifest = {
  ...shared,
  ...aboutReports,
  id: 'sec-edgar/current-8-k',
  name: 'SEC EDGAR: new 8-K reports',
  pollEverySeconds: 60,
};

export const dailyIndex8KManifest: SourceManifest = {
  ...shared,
  ...aboutReports,
  id: 'sec-edgar/daily-index-8-k',
  name: 'SEC EDGAR: 8-K reports of each day (catching up)',
  pollEverySeconds: 21_600,
};
