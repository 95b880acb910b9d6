import type { KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';

import { getRequest } from '../vendor-calls.ts';

/** Seconds that the vendor itself may wait for a mail server. */
const PATIENCE_SECONDS = '30';

export const singleCheckRequest = (known: KnownFacts): ProviderRequest =>
  getRequest('/v4.2/single/check', { email: known.email, timeout: PATIENCE_SECONDS });

export const accountInfoRequest: ProviderRequest = { method: 'GET', path: '/v4.2/account/info' };
