import type { ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, priceOf, SECOND_MS } from '../manifest-parts.ts';

export const THEIRSTACK_ID = 'theirstack';
export const JOBS = 'jobs';
export const TECHNOLOGIES = 'technologies';

/** Most openings of one question: each one that is returned costs, whether it was returned before or not. */
export const JOBS_PER_PAGE = 25;
/** About $0.04 a credit in the plans of a few thousand; larger ones cost less. */
const CREDIT_MICROS = 40_000;

/** theirstack.com/en/docs/pricing/credits: 1 credit for each job returned, 3 for a company's technologies, nothing for nothing. */
export const theirStackManifest: ProviderManifest = {
  id: THEIRSTACK_ID,
  name: 'TheirStack',
  host: 'api.theirstack.com',
  credential: { in: 'bearer' },
  capabilities: [
    {
      id: JOBS,
      kind: 'watch_company',
      mode: 'sync',
      batchMax: 1,
      gives: [],
      needs: [['companyDomain']],
      price: priceOf(JOBS_PER_PAGE, CREDIT_MICROS),
      timeoutMs: 30_000,
      watch: {
        name: 'TheirStack: openings',
        everyDays: 3,
        licence: 'For own use; no resale.',
        canKnow: 'Openings on job boards and aggregators that a company’s own board does not show to us.',
        cannotKnow: 'When an opening is gone; which of two openings of one title it is.',
      },
    },
    {
      id: TECHNOLOGIES,
      kind: 'watch_company',
      mode: 'sync',
      batchMax: 1,
      gives: [],
      needs: [['companyDomain']],
      price: priceOf(3, CREDIT_MICROS),
      timeoutMs: 30_000,
      watch: {
        name: 'TheirStack: technologies',
        everyDays: 14,
        licence: 'For own use; no resale.',
        canKnow: 'Tools that a company names in its openings for the first time.',
        cannotKnow: 'Tools that nobody is hired for, and when one is given up.',
      },
    },
  ],
  limits: [limitOf(4, SECOND_MS)],
  region: 'eu',
  lawfulUse: 'Facts about companies from public job postings; no people are asked about.',
  retentionDays: null,
  notes: ['The same opening is charged again each time it is returned: only what is newer is asked for.'],
};
