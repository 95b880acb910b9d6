import type { KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';

import {
  COMPANY_SEARCH,
  EMAIL_FINDER,
  EMAIL_VALIDATION,
  EMPLOYEE_FINDER,
  EMPLOYEES_ASKED,
  JOB_CHANGE_DETECTOR,
  LEADMAGIC_ID,
  MOBILE_FINDER,
} from './manifest.ts';

const BODY_BY_CAPABILITY: Partial<
  Record<string, (known: KnownFacts) => Record<string, string | number | undefined>>
> = {
  [EMAIL_FINDER]: (known) => ({
    first_name: known.givenName,
    last_name: known.familyName,
    ...(known.companyDomain ? { domain: known.companyDomain } : { company_name: known.companyName }),
  }),
  [MOBILE_FINDER]: (known) => ({ profile_url: known.linkedinUrl, work_email: known.email }),
  [EMAIL_VALIDATION]: (known) => ({
    email: known.email,
    first_name: known.givenName,
    last_name: known.familyName,
  }),
  [JOB_CHANGE_DETECTOR]: (known) => ({
    profile_url: known.linkedinUrl,
    ...(known.companyDomain ? { company_domain: known.companyDomain } : { company_name: known.companyName }),
  }),
  [EMPLOYEE_FINDER]: (known) => ({ company_name: known.companyName, per_page: EMPLOYEES_ASKED }),
  [COMPANY_SEARCH]: (known) =>
    known.companyDomain ? { company_domain: known.companyDomain } : { company_name: known.companyName },
};

/**
 * `POST /v1/people/<capability>`, of companies `/v1/companies/…`: the paths of the current documentation, the bodies of
 * the published specification.
 */
export function leadMagicRequest(capabilityId: string, known: KnownFacts): ProviderRequest {
  const bodyOf = Object.hasOwn(BODY_BY_CAPABILITY, capabilityId)
    ? BODY_BY_CAPABILITY[capabilityId]
    : undefined;
  const body = bodyOf?.(known);
  if (body === undefined) throw new ProviderError(LEADMAGIC_ID, 'rejected');
  return {
    method: 'POST',
    path: `/v1/${capabilityId === COMPANY_SEARCH ? 'companies' : 'people'}/${capabilityId}`,
    headers: { accept: 'application/json' },
    body: Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined && value !== '')),
  };
}

export const creditsRequest: ProviderRequest = { method: 'GET', path: '/v1/credits' };
