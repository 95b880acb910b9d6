import type { KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';

import { getRequest } from '../vendor-calls.ts';

const pathOf = (known: KnownFacts): string => `/v2/PhoneNumbers/${encodeURIComponent(known.phone ?? '')}`;

export const lineTypeRequest = (known: KnownFacts): ProviderRequest =>
  getRequest(pathOf(known), { Fields: 'line_type_intelligence' });

export const formatRequest = (known: KnownFacts): ProviderRequest => getRequest(pathOf(known), {});
