import type { KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';

import { getRequest } from '../vendor-calls.ts';

/** Seconds that the vendor may wait for a mail server; it takes 2 to 60. */
const PATIENCE_SECONDS = '20';

export const verifyRequest = (known: KnownFacts): ProviderRequest =>
  getRequest('/api/v3/', { email: known.email, timeout: PATIENCE_SECONDS });

export const creditsRequest: ProviderRequest = { method: 'GET', path: '/api/v3/credits' };
