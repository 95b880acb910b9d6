import { commonFaults, html, json } from './cases.ts';
import type { VendorCases } from './cases.ts';
import { ADA_MOBILE } from './people.ts';

export const line = (type: string | null, changes: Record<string, unknown> = {}) =>
  json(200, {
    phone_number: ADA_MOBILE,
    valid: true,
    validation_errors: [],
    line_type_intelligence: { type, error_code: null },
    ...changes,
  });

export const twilioLookupCases: VendorCases = {
  provider: 'twilio-lookup',
  capability: 'line-type',
  asked: { phone: ADA_MOBILE },
  hit: line('mobile'),
  misses: {},
  faults: commonFaults(line('mobile'), {
    'asked too fast, in its own code': { reply: json(429, { code: 20_429 }), fault: 'rate_limited' },
    'a wrong key, in its own code': { reply: json(401, { code: 20_003 }), fault: 'unauthorized' },
    'a 404 of some other server': { reply: html(404), fault: 'rejected' },
    'an answer about another number': {
      reply: line('mobile', { phone_number: '+12025550199' }),
      fault: 'malformed',
    },
  }),
};

/** What it says of a number, and what that is here. */
export const lines = [
  [line('mobile'), { valid: true, lineType: 'mobile', vendorCredits: 1 }],
  [line('landline'), { valid: true, lineType: 'landline', vendorCredits: 1 }],
  [line('nonFixedVoip'), { valid: true, lineType: 'voip', vendorCredits: 1 }],
  [line('tollFree'), { valid: true, lineType: 'unknown', vendorCredits: 1 }],
  [
    line(null, { line_type_intelligence: { type: null, error_code: 60_601 } }),
    { valid: true, lineType: 'unknown', vendorCredits: 0 },
  ],
  [line(null, { valid: false, validation_errors: ['TOO_SHORT'] }), { valid: false, vendorCredits: 0 }],
  [json(404, { code: 20_404, message: 'not found' }), { valid: false, vendorCredits: 0 }],
] as const;
