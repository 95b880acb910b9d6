import type { AskedRecord, KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';

import { getRequest, postRequest, said } from '../vendor-calls.ts';

/** Below this the vendor itself says that a match is doubtful; a doubtful match still costs a credit. */
export const MIN_LIKELIHOOD = 6;

/** Companies: 1 to 10 as well, and a wrong company is worse than none. */
const MIN_COMPANY_LIKELIHOOD = 4;

export const PEOPLE_SEARCHED = 5;

/** Everything that is known: each datum raises the chance of the right person. */
export const enrichParameters = (known: KnownFacts): Record<string, string> =>
  said({
    first_name: known.givenName,
    last_name: known.familyName,
    company: known.companyDomain ?? known.companyName,
    email: known.email,
    profile: known.linkedinUrl,
  });

/** `GET /v5/person/enrich`. */
export const personEnrichRequest = (known: KnownFacts): ProviderRequest =>
  getRequest('/v5/person/enrich', {
    ...enrichParameters(known),
    min_likelihood: String(MIN_LIKELIHOOD),
    titlecase: 'true',
  });

/** `POST /v5/person/bulk`, a hundred at most; answers keep the order, and carry the metadata back. */
export const personBulkRequest = (asked: readonly AskedRecord[]): ProviderRequest =>
  postRequest('/v5/person/bulk', {
    requests: asked.map(({ ref, known }) => ({
      params: { ...enrichParameters(known), min_likelihood: MIN_LIKELIHOOD },
      metadata: { ref },
    })),
  });

/** `GET /v5/company/enrich`. */
export const companyEnrichRequest = (known: KnownFacts): ProviderRequest =>
  getRequest('/v5/company/enrich', {
    ...(known.companyDomain ? { website: known.companyDomain } : { name: known.companyName }),
    min_likelihood: String(MIN_COMPANY_LIKELIHOOD),
  });

/** `POST /v5/person/search` for people of a company, by their titles. */
export function personSearchRequest(known: KnownFacts): ProviderRequest {
  const titles = (known.titles ?? '')
    .split('|')
    .map((title) => title.trim())
    .filter(Boolean);
  const must: unknown[] = [{ term: { job_company_website: (known.companyDomain ?? '').toLowerCase() } }];
  if (titles.length > 0)
    must.push({ bool: { should: titles.map((title) => ({ match: { job_title: title.toLowerCase() } })) } });
  return postRequest('/v5/person/search', {
    query: JSON.stringify({ query: { bool: { must } } }),
    size: PEOPLE_SEARCHED,
    titlecase: true,
  });
}
