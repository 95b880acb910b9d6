import type { KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';

import { getRequest } from '../vendor-calls.ts';

/** `GET /person/lookup`; `premium` has phones in it. */
export const lookupRequest = (known: KnownFacts, lookupType: 'standard' | 'premium'): ProviderRequest =>
  getRequest('/api/v2/person/lookup', {
    ...(known.linkedinUrl && { linkedin_url: known.linkedinUrl }),
    ...(known.email && { email: known.email }),
    ...(known.givenName &&
      known.familyName && {
        name: `${known.givenName} ${known.familyName}`,
        current_employer: known.companyName ?? known.companyDomain,
      }),
    lookup_type: lookupType,
  });

export const statusRequest = (ticket: string): ProviderRequest =>
  getRequest('/api/v2/person/checkStatus', { ids: ticket });

export const companyRequest = (known: KnownFacts): ProviderRequest =>
  getRequest(
    '/api/v2/company/lookup/',
    known.companyDomain ? { domain: known.companyDomain } : { name: known.companyName },
  );

export const accountRequest: ProviderRequest = { method: 'GET', path: '/api/v2/account/' };
