import type { KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';

import { postRequest, said } from '../vendor-calls.ts';

/** `POST /api/search/contact/enrich`: the surest datum that is known, alone, or name and site. */
export function previewRequest(known: KnownFacts): ProviderRequest {
  const body = known.email
    ? { email: known.email }
    : known.linkedinUrl
      ? { linkedinUrl: known.linkedinUrl }
      : { firstName: known.givenName, lastName: known.familyName, accountWebsite: known.companyDomain };
  return postRequest('/api/search/contact/enrich', said(body));
}

/** `POST /api/search/contact/redeem`, twenty at most. */
export const redeemRequest = (redeemIds: readonly string[]): ProviderRequest =>
  postRequest('/api/search/contact/redeem', { redeemIds });
