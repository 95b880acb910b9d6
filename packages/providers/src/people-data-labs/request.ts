import type { KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';

/** Below this the vendor itself says that a match is doubtful; a doubtful match still costs a credit. */
export const MIN_LIKELIHOOD = 6;

/** `GET /v5/person/enrich` with everything that is known: each datum raises the chance of the right person. */
export function personEnrichRequest(known: KnownFacts): ProviderRequest {
  const query = new URLSearchParams();
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && value.trim() !== '') query.set(name, value.trim());
  };
  add('first_name', known.givenName);
  add('last_name', known.familyName);
  add('company', known.companyDomain ?? known.companyName);
  add('email', known.email);
  add('profile', known.linkedinUrl);
  query.set('min_likelihood', String(MIN_LIKELIHOOD));
  query.set('titlecase', 'true');
  return {
    method: 'GET',
    path: `/v5/person/enrich?${query.toString()}`,
    headers: { accept: 'application/json' },
  };
}
