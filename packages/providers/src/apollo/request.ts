import type { AskedRecord, KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';

import { getRequest, postRequest, said } from '../vendor-calls.ts';

const detailsOf = (known: KnownFacts): Record<string, string> =>
  said({
    first_name: known.givenName,
    last_name: known.familyName,
    email: known.email,
    domain: known.companyDomain,
    organization_name: known.companyName,
    linkedin_url: known.linkedinUrl,
  });

/** `POST /people/match`; its parameters are query parameters, also of a POST. */
export function matchRequest(known: KnownFacts): ProviderRequest {
  const query = new URLSearchParams({ ...detailsOf(known), reveal_personal_emails: 'false' });
  return postRequest(`/api/v1/people/match?${query.toString()}`, {});
}

/** `POST /people/bulk_match`, ten at most; the answer keeps the order. */
export const bulkMatchRequest = (asked: readonly AskedRecord[]): ProviderRequest =>
  postRequest('/api/v1/people/bulk_match?reveal_personal_emails=false', {
    details: asked.map(({ known }) => detailsOf(known)),
  });

/** The same with the vendor's own waterfall, whose results go to `callbackUrl`. */
export function waterfallRequest(asked: readonly AskedRecord[], callbackUrl: string | null): ProviderRequest {
  const query = new URLSearchParams({ run_waterfall_email: 'true', run_waterfall_phone: 'true' });
  if (callbackUrl !== null) query.set('webhook_url', callbackUrl);
  return postRequest(`/api/v1/people/bulk_match?${query.toString()}`, {
    details: asked.map(({ known }) => detailsOf(known)),
  });
}

/** Free; kept for 30 days. */
export const webhookResultRequest = (ticket: string): ProviderRequest =>
  getRequest(`/api/v1/webhook_result/${encodeURIComponent(ticket)}`, {});

export const organizationRequest = (known: KnownFacts): ProviderRequest =>
  getRequest('/api/v1/organizations/enrich', { domain: known.companyDomain });

/** People of a company; names are cut and addresses left out until they are paid. */
export const peopleSearchRequest = (known: KnownFacts): ProviderRequest =>
  postRequest('/api/v1/mixed_people/api_search', {
    q_organization_domains_list: [known.companyDomain ?? ''],
    ...(known.titles && { person_titles: known.titles.split('|').map((title) => title.trim()) }),
    page: 1,
    per_page: 25,
  });
