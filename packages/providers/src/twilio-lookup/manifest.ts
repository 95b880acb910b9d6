import type { ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, priceOf, SECOND_MS } from '../manifest-parts.ts';

export const TWILIO_LOOKUP_ID = 'twilio-lookup';
export const LINE_TYPE = 'line-type';
export const FORMAT = 'format';

export const twilioLookupManifest: ProviderManifest = {
  id: TWILIO_LOOKUP_ID,
  name: 'Twilio Lookup',
  host: 'lookups.twilio.com',
  credential: { in: 'basic' },
  capabilities: [
    {
      id: LINE_TYPE,
      kind: 'lookup_phone',
      mode: 'sync',
      batchMax: 1,
      gives: [],
      needs: [['phone']],
      // $0.008 a line type (twilio.com/lookup); a number that is none costs nothing.
      price: priceOf(1, 8_000, { charged: 'on_hit', bills: ['hit', 'unknown'] }),
      timeoutMs: 10_000,
    },
    {
      id: FORMAT,
      kind: 'lookup_phone',
      mode: 'sync',
      batchMax: 1,
      gives: [],
      needs: [['phone']],
      price: priceOf(0, 8_000, { bills: [], again: 'free' }),
      timeoutMs: 10_000,
    },
  ],
  limits: [limitOf(100, SECOND_MS)],
  region: 'global',
  lawfulUse: 'Numbers you hold already. Canadian line types need an approval of the CNAC.',
  retentionDays: null,
  notes: [
    'The key is a pair, SID:secret.',
    'Canada without approval is answered inside a good reply, with error 60601.',
  ],
};
