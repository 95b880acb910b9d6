import type { KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';

import { postRequest, said } from '../vendor-calls.ts';

export const EMPLOYEES_ASKED = 5;

export const nameRequest = (known: KnownFacts): ProviderRequest =>
  postRequest('/api/search/name', {
    name: [known.givenName, known.familyName].filter(Boolean).join(' '),
    domain: known.companyDomain ?? known.companyName ?? '',
  });

export const linkedinRequest = (known: KnownFacts): ProviderRequest =>
  postRequest('/api/search/linkedin', said({ linkedin_url: known.linkedinUrl }));

export const phoneRequest = (known: KnownFacts): ProviderRequest =>
  postRequest('/api/search/phone', said({ linkedin_url: known.linkedinUrl }));

export const verifyRequest = (known: KnownFacts): ProviderRequest =>
  postRequest('/api/verify', said({ email: known.email }));

export const companyRequest = (known: KnownFacts): ProviderRequest =>
  postRequest('/api/search/company', said({ domain: known.companyDomain }));

export const employeesRequest = (known: KnownFacts): ProviderRequest =>
  postRequest('/api/search/employees', {
    website: known.companyDomain ?? '',
    job_titles: (known.titles ?? '').split('|').map((title) => title.trim()),
    count: EMPLOYEES_ASKED,
  });

export const creditsRequest: ProviderRequest = { method: 'GET', path: '/api/credits' };
