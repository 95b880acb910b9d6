import type { KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';

import { postRequest } from '../vendor-calls.ts';
import { JOBS_PER_PAGE } from './manifest.ts';

/** `POST /v1/jobs/search`: what was found since, oldest first. */
export const jobsRequest = ({ companyDomain, since, page }: KnownFacts): ProviderRequest =>
  postRequest('/v1/jobs/search', {
    company_domain_or: [companyDomain],
    ...(since && { discovered_at_gte: since.slice(0, 19) }),
    order_by: [{ field: 'discovered_at', desc: false }],
    offset: Number(page ?? 0) * JOBS_PER_PAGE,
    limit: JOBS_PER_PAGE,
    include_total_results: false,
    blur_company_data: false,
  });

/** `POST /v1/companies/technologies`: those first named since, that are likely to be used. */
export const technologiesRequest = ({ companyDomain, since }: KnownFacts): ProviderRequest =>
  postRequest('/v1/companies/technologies', {
    company_domain: companyDomain,
    ...(since && { first_date_found_gte: since.slice(0, 10) }),
    confidence_or: ['high', 'medium'],
    limit: 100,
  });

export const creditsRequest: ProviderRequest = { method: 'GET', path: '/v0/billing/credit-balance' };
