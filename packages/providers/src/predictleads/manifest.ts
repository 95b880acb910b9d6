import type { Capability, ProviderManifest, WatchTerms } from '@penstock/enrichment/provider-port';

import { limitOf, MINUTE_MS, priceOf } from '../manifest-parts.ts';

export const PREDICTLEADS_ID = 'predictleads';
export const NEWS = 'news';
export const OPENINGS = 'openings';
export const TECHNOLOGIES = 'technologies';

/** A page may hold a thousand at the same price, but articles come along whole; a company seldom has more that is new. */
export const PER_PAGE = 50;

const sold = (id: string, watch: WatchTerms): Capability => ({
  id,
  kind: 'watch_company',
  mode: 'sync',
  batchMax: 1,
  gives: [],
  needs: [['companyDomain']],
  // A credit for every page, one with nothing on it as well.
  price: priceOf(1, 100_000, { charged: 'on_call', bills: ['hit', 'miss'] }),
  timeoutMs: 30_000,
  watch,
});
const LICENCE = 'For own use; no resale.';

/** docs.predictleads.com/v3: by company; a key and a token, sent together as basic authentication. */
export const predictLeadsManifest: ProviderManifest = {
  id: PREDICTLEADS_ID,
  name: 'PredictLeads',
  host: 'predictleads.com',
  credential: { in: 'basic' },
  capabilities: [
    sold(NEWS, {
      name: 'PredictLeads: news',
      everyDays: 3,
      licence: LICENCE,
      canKnow: 'Funding, acquisitions, lay-offs, offices and executives, as the press tells them.',
      cannotKnow: 'What no newspaper writes about; whether what is planned will happen.',
    }),
    sold(OPENINGS, {
      name: 'PredictLeads: openings',
      everyDays: 7,
      licence: LICENCE,
      canKnow: 'Openings on a company’s own site, whichever system it runs.',
      cannotKnow: 'Openings that are shown on job boards alone.',
    }),
    sold(TECHNOLOGIES, {
      name: 'PredictLeads: technologies',
      everyDays: 14,
      licence: LICENCE,
      canKnow: 'Tools that show on a company’s site, in its records or in its openings for the first time.',
      cannotKnow: 'Tools that leave no trace outside, and when one is given up.',
    }),
  ],
  limits: [limitOf(60, MINUTE_MS)],
  region: 'us',
  lawfulUse:
    'Facts about companies from public sources; names of people in the news are quoted, not kept apart.',
  retentionDays: null,
  notes: [
    'The secret is key and token, put together as key:token.',
    'A question without an answer costs too.',
  ],
};
