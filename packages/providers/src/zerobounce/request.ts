import type { KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';

/** `GET /v2/validate`. `ip_address` is part of the documented contract and stays empty: we don't give it away. */
export function validateRequest(known: KnownFacts): ProviderRequest {
  const query = new URLSearchParams({ email: known.email ?? '', ip_address: '' });
  return { method: 'GET', path: `/v2/validate?${query.toString()}` };
}

export const getCreditsRequest: ProviderRequest = { method: 'GET', path: '/v2/getcredits' };
