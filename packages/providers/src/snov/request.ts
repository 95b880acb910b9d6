import type { AskedRecord, ProviderRequest } from '@penstock/enrichment/provider-port';

import { getRequest, postRequest, said } from '../vendor-calls.ts';
import { EMAIL_BY_NAME } from './manifest.ts';

const PATHS = { find: '/v2/emails-by-domain-by-name', verify: '/v2/email-verification' } as const;

const pathOf = (capabilityId: string): string => (capabilityId === EMAIL_BY_NAME ? PATHS.find : PATHS.verify);

/** Ten rows at most; results keep the order. */
export const findStartRequest = (
  asked: readonly AskedRecord[],
  callbackUrl: string | null,
): ProviderRequest =>
  postRequest(`${PATHS.find}/start`, {
    rows: asked.map(({ known }) =>
      said({ first_name: known.givenName, last_name: known.familyName, domain: known.companyDomain }),
    ),
    ...(callbackUrl !== null && { webhook_url: callbackUrl }),
  });

export const verifyStartRequest = (
  asked: readonly AskedRecord[],
  callbackUrl: string | null,
): ProviderRequest =>
  postRequest(`${PATHS.verify}/start`, {
    emails: asked.map(({ known }) => known.email ?? ''),
    ...(callbackUrl !== null && { webhook_url: callbackUrl }),
  });

export const resultRequest = (capabilityId: string, ticket: string): ProviderRequest =>
  getRequest(`${pathOf(capabilityId)}/result`, { task_hash: ticket });

export const balanceRequest: ProviderRequest = { method: 'GET', path: '/v1/get-balance' };
