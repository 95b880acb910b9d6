import type { AskedRecord, KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';

import { postRequest, said } from '../vendor-calls.ts';

const datapointsOf = (known: KnownFacts): Record<string, string> =>
  said({
    first_name: known.givenName,
    last_name: known.familyName,
    company_website: known.companyDomain,
    company_name: known.companyName,
    email: known.email,
    linkedin_url: known.linkedinUrl,
  });

/** The flags keep the vendor from charging for what is not wanted: only verified addresses, mobiles only where sold. */
const flagsOf = (withMobile: boolean) => ({
  only_verified_email: !withMobile,
  enrich_mobile: withMobile,
  only_verified_mobile: withMobile,
});

export const enrichPersonRequest = (known: KnownFacts, withMobile: boolean): ProviderRequest =>
  postRequest('/enrich-person', { ...flagsOf(withMobile), data: datapointsOf(known) });

/** Fifty at most; answers carry the `identifier`. */
export const bulkEnrichRequest = (asked: readonly AskedRecord[], withMobile: boolean): ProviderRequest =>
  postRequest('/bulk-enrich-person', {
    ...flagsOf(withMobile),
    data: asked.map(({ ref, known }) => ({ identifier: ref, ...datapointsOf(known) })),
  });

export const enrichCompanyRequest = (known: KnownFacts): ProviderRequest =>
  postRequest('/enrich-company', {
    data: said({ company_website: known.companyDomain, company_name: known.companyName }),
  });

export const searchPersonRequest = (known: KnownFacts): ProviderRequest =>
  postRequest('/search-person', {
    page: 1,
    filters: {
      company: { websites: { include: [known.companyDomain ?? ''] } },
      ...(known.titles && {
        person_job_title: { include: known.titles.split('|').map((title) => title.trim()) },
      }),
    },
  });

export const accountRequest: ProviderRequest = { method: 'GET', path: '/account-information' };
