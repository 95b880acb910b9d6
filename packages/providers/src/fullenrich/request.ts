import type { AskedRecord, ProviderRequest } from '@penstock/enrichment/provider-port';

import { getRequest, postRequest, said } from '../vendor-calls.ts';
import { CONTACT_PHONE } from './manifest.ts';

/** A hundred at most. Results carry `custom` back, so that each finds its record. */
export function bulkRequest(
  capabilityId: string,
  asked: readonly AskedRecord[],
  callbackUrl: string | null,
): ProviderRequest {
  const field = capabilityId === CONTACT_PHONE ? 'contact.phones' : 'contact.work_emails';
  return postRequest('/api/v2/contact/enrich/bulk', {
    name: `Penstock ${asked.length}`,
    ...(callbackUrl !== null && {
      webhook_url: callbackUrl,
      webhook_events: { contact_finished: callbackUrl },
    }),
    data: asked.map(({ ref, known }) => ({
      ...said({
        first_name: known.givenName,
        last_name: known.familyName,
        domain: known.companyDomain,
        company_name: known.companyName,
        linkedin_url: known.linkedinUrl,
      }),
      enrich_fields: [field],
      custom: { ref },
    })),
  });
}

export const resultRequest = (ticket: string): ProviderRequest =>
  getRequest(`/api/v2/contact/enrich/bulk/${encodeURIComponent(ticket)}`, {});

export const creditsRequest: ProviderRequest = { method: 'GET', path: '/api/v2/account/credits' };
