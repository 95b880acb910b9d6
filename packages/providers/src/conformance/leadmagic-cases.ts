import { commonFaults, json } from './cases.ts';
import type { VendorCases } from './cases.ts';

const asked = {
  givenName: 'Ada',
  familyName: 'Okafor',
  companyName: 'Northmill',
  companyDomain: 'northmill.example',
};
const email = {
  email: 'ada.okafor@northmill.example',
  status: 'valid',
  credits_consumed: 1,
  first_name: 'Ada',
  last_name: 'Okafor',
};

const sharedFaults: VendorCases['faults'] = {
  'no credits left': { reply: json(402, { title: 'Payment Required' }), fault: 'quota_exhausted' },
  'no credits left, said with 403': {
    reply: json(403, { code: 'insufficient_credits' }),
    fault: 'quota_exhausted',
  },
  'HTTP 429 without Retry-After': { reply: json(429, { title: 'Too Many Requests' }), fault: 'rate_limited' },
};

const found = (changes: Record<string, unknown>) => json(200, { ...email, ...changes });

export const emailFinderCases: VendorCases = {
  provider: 'leadmagic',
  capability: 'email-finder',
  asked,
  hit: found({}),
  misses: {
    not_found: found({ email: null, status: 'not_found', credits_consumed: 0 }),
    'not_found with an empty text': found({ email: '', status: 'not_found', credits_consumed: 0 }),
    'a status without an address': found({ email: null }),
    'a masked address': found({ email: 'a***@northmill.example' }),
    'another person': found({ first_name: 'Bruno', last_name: 'Tadic' }),
    'an address elsewhere': found({ email: 'ada@oldjob.example' }),
  },
  faults: { ...commonFaults(found({})), ...sharedFaults },
};

const mobile = (mobile_number: unknown) =>
  json(200, { message: 'Mobile found', mobile_number, credits_consumed: 5 });

export const mobileFinderCases: VendorCases = {
  provider: 'leadmagic',
  capability: 'mobile-finder',
  asked: { ...asked, email: 'ada.okafor@northmill.example' },
  hit: mobile('+1 202-555-0142'),
  misses: {
    null: json(200, { message: 'mobile not found', mobile_number: null, credits_consumed: 0 }),
    'no number at all': json(200, { message: 'mobile not found', credits_consumed: 0 }),
    'a masked number': mobile('+1 202-***-**42'),
    'a landline': mobile('+442079460123'),
    'a toll-free number': mobile('+18005550100'),
    'another person': json(200, {
      message: 'Mobile found',
      mobile_number: '+12025550142',
      credits_consumed: 5,
      workEmail: 'x@y.example',
    }),
  },
  faults: { ...commonFaults(mobile('+12025550142')), ...sharedFaults },
};
