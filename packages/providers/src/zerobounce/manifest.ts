import type { ProviderManifest } from '@penstock/enrichment/provider-port';

export const ZEROBOUNCE_ID = 'zerobounce';
export const VALIDATE = 'validate';

/** One credit per verdict, nothing for `unknown`. The key travels in the query: nothing may log the URL. */
export const zeroBounceManifest: ProviderManifest = {
  id: ZEROBOUNCE_ID,
  name: 'ZeroBounce',
  host: 'api.zerobounce.net',
  credential: { in: 'query', name: 'api_key' },
  capabilities: [
    {
      id: VALIDATE,
      kind: 'verify_email',
      gives: [],
      needs: [['email']],
      // An upper estimate for small packages: the vendor shows prices to customers only. Set your own.
      price: { credits: 1, microsPerCredit: 10_000, charged: 'on_call', readOn: '2026-11-23' },
      // It waits for slow mail servers itself, for up to half a minute.
      timeoutMs: 45_000,
    },
  ],
  limits: [{ requests: 80_000, windowMs: 10_000 }],
  region: 'global',
};
