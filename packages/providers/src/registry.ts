import type { ProviderAdapter } from '@penstock/enrichment/provider-port';

import { leadMagic } from './leadmagic/adapter.ts';
import { peopleDataLabs } from './people-data-labs/adapter.ts';
import { zeroBounce } from './zerobounce/adapter.ts';

/** Every vendor that the product can ask, by the id of its manifest. */
export const providerAdapters: ReadonlyMap<string, ProviderAdapter> = new Map(
  [peopleDataLabs, leadMagic, zeroBounce].map((adapter) => [adapter.manifest.id, adapter]),
);
