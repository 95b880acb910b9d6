import type { KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';

import { getRequest, postRequest } from '../vendor-calls.ts';
import { PROFILES_ASKED } from './manifest.ts';

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

/** `POST /person/search`, by the employer's name; a position fits any of the titles. */
export const searchRequest = (known: KnownFacts): ProviderRequest =>
  postRequest('/api/v2/person/search', {
    query: {
      current_employer: [known.companyName ?? ''],
      ...(known.titles && { current_title: known.titles.split('|').map((title) => title.trim()) }),
    },
    start: 1,
    page_size: PROFILES_ASKED,
  });

export const accountRequest: ProviderRequest = { method: 'GET', path: '/api/v2/account/' };
