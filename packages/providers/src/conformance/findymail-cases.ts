import { commonFaults, html, json } from './cases.ts';
import type { VendorCases } from './cases.ts';
import { ada, ADA_EMAIL, ADA_MOBILE, ADA_PROFILE, DESK_PHONE } from './people.ts';

const contact = { name: 'Ada Okafor', domain: 'northmill.example', email: ADA_EMAIL, job_title: 'VP Sales' };
const found = (changes: Record<string, unknown> = {}) => json(200, { contact: { ...contact, ...changes } });

const own = {
  'no credits left': { reply: json(402, { error: 'Not enough credits' }), fault: 'quota_exhausted' },
  'HTTP 429 without Retry-After': { reply: json(429, {}), fault: 'rate_limited' },
  'a 404 of some other server': { reply: html(404), fault: 'rejected' },
  'invalid input': { reply: json(422, { message: 'invalid' }), fault: 'rejected' },
};

export const findymailNameCases: VendorCases = {
  provider: 'findymail',
  capability: 'search-name',
  asked: ada,
  hit: found(),
  misses: {
    'no contact': json(200, { contact: null }),
    'a contact without an address': found({ email: null }),
    'its 404': json(404, { error: 'Not found' }),
    'a masked address': found({ email: 'a***@northmill.example', job_title: null }),
    'an address elsewhere': found({ email: 'ada@oldjob.example', job_title: null }),
    'another person': found({ name: 'Bruno Tadic' }),
  },
  faults: commonFaults(found(), {
    ...own,
    'an answer of another endpoint': { reply: json(200, { phone: ADA_MOBILE }), fault: 'malformed' },
  }),
};

const phone = (number: unknown, line_type: string | null = 'mobile') =>
  json(200, { phone: number, line_type });

export const findymailPhoneCases: VendorCases = {
  provider: 'findymail',
  capability: 'search-phone',
  asked: { ...ada, linkedinUrl: ADA_PROFILE },
  hit: phone(ADA_MOBILE),
  misses: {
    'no number': phone(null, null),
    'a masked number': phone('+1202555****'),
    'a landline by its digits': phone(DESK_PHONE),
    'a landline by the vendor’s word': phone(ADA_MOBILE, 'landline'),
    'an internet line': phone(ADA_MOBILE, 'voip'),
  },
  faults: commonFaults(phone(ADA_MOBILE), own),
};
