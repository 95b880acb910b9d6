import type { AskedRecord, ProviderRequest } from '@penstock/enrichment/provider-port';

import { getRequest, postRequest, said } from '../vendor-calls.ts';

/** An address that is known is left out: checking one costs a credit that is never given back. */
export const enrichRequest = (asked: readonly AskedRecord[], callbackUrl: string | null): ProviderRequest =>
  postRequest('/v1/enrich/all', {
    data: asked.map(({ known }) =>
      said({
        first_name: known.givenName,
        last_name: known.familyName,
        company: known.companyName,
        website: known.companyDomain,
        linkedin: known.linkedinUrl,
      }),
    ),
    siren: false,
    language: 'en',
    ...(callbackUrl !== null && { custom_callback_url: callbackUrl }),
  });

export const resultRequest = (ticket: string): ProviderRequest =>
  getRequest(`/v1/enrich/all/${encodeURIComponent(ticket)}`, {});

/** Handing in nothing costs nothing and tells the credits. */
export const creditsRequest: ProviderRequest = {
  method: 'POST',
  path: '/v1/enrich/all',
  body: { data: [{}] },
};
