import type { KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';

import { getRequest } from '../vendor-calls.ts';

/** `GET /v2/email-finder`; the domain wins over the name, which the vendor has to guess a domain for. */
export function emailFinderRequest(known: KnownFacts): ProviderRequest {
  return getRequest('/v2/email-finder', {
    ...(known.companyDomain ? { domain: known.companyDomain } : { company: known.companyName }),
    first_name: known.givenName,
    last_name: known.familyName,
  });
}

export const emailVerifierRequest = (known: KnownFacts): ProviderRequest =>
  getRequest('/v2/email-verifier', { email: known.email });

/** `GET /v2/domain-search`: personal addresses, ten of them, which is one credit. */
export function domainSearchRequest(known: KnownFacts): ProviderRequest {
  return getRequest('/v2/domain-search', {
    ...(known.companyDomain ? { domain: known.companyDomain } : { company: known.companyName }),
    type: 'personal',
    limit: '10',
    job_titles: known.titles?.replaceAll('|', ','),
  });
}

export const companyFindRequest = (known: KnownFacts): ProviderRequest =>
  getRequest('/v2/companies/find', { domain: known.companyDomain });

export const accountRequest: ProviderRequest = { method: 'GET', path: '/v2/account' };
