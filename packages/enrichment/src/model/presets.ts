import type { Waterfall } from './waterfall.ts';

/** What a new workspace starts with: a profile first, then verification, then what is still missing. */
export const DEFAULT_WATERFALL: Waterfall = {
  wanted: ['work_email', 'mobile', 'title', 'company_size', 'industry'],
  steps: [
    { provider: 'people-data-labs', capability: 'person-enrich' },
    { provider: 'leadmagic', capability: 'email-finder' },
    { provider: 'zerobounce', capability: 'validate' },
    { provider: 'leadmagic', capability: 'mobile-finder' },
  ],
  policy: { acceptCatchAll: false, mobileLineTypes: ['mobile'] },
  ceilingMicros: 1_000_000,
  timeToLiveDays: 90,
};
