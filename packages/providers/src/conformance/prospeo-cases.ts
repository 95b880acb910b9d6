import { commonFaults, json } from './cases.ts';
import type { BatchCases, VendorCases } from './cases.ts';
import { ada, ADA_EMAIL, ADA_MOBILE, ADA_PROFILE, DESK_PHONE } from './people.ts';

const person = {
  person_id: 'aaaa1',
  first_name: 'Ada',
  last_name: 'Okafor',
  linkedin_url: ADA_PROFILE,
  current_job_title: 'VP Sales',
  email: { status: 'VERIFIED', revealed: true, email: ADA_EMAIL },
};
const company = { domain: 'northmill.example', industry: 'Textiles', employee_range: '201-500' };
const found = (changes: Record<string, unknown> = {}, about: Record<string, unknown> = company) =>
  json(200, { error: false, free_enrichment: false, person: { ...person, ...changes }, company: about });
const own = (status: number, error_code: string) => json(status, { error: true, error_code });
const bare = { linkedin_url: null, current_job_title: null };
const here = { domain: 'northmill.example' };

const faults = {
  'no credits, said with 400': { reply: own(400, 'INSUFFICIENT_CREDITS'), fault: 'quota_exhausted' },
  'asked too fast, in its own code': { reply: own(429, 'RATE_LIMITED'), fault: 'rate_limited' },
  'a wrong key, in its own code': { reply: own(401, 'INVALID_API_KEY'), fault: 'unauthorized' },
  'a restricted account': { reply: own(403, 'ACCOUNT_RESTRICTED'), fault: 'unauthorized' },
  'an inner error, said with 400': { reply: own(400, 'INTERNAL_ERROR'), fault: 'unavailable' },
  'too little to go by': { reply: own(400, 'INVALID_DATAPOINTS'), fault: 'rejected' },
  'an error inside a 200': { reply: own(200, 'INVALID_REQUEST'), fault: 'rejected' },
};

export const prospeoPersonCases: VendorCases = {
  provider: 'prospeo',
  capability: 'enrich-person',
  asked: ada,
  hit: found(),
  misses: {
    'NO_MATCH with 400': own(400, 'NO_MATCH'),
    'NO_RESULT with 200': own(200, 'NO_RESULT'),
    'an address that is not revealed': found(
      { ...bare, email: { status: 'VERIFIED', revealed: false, email: 'a***@northmill.example' } },
      here,
    ),
    'a record without values': found({ ...bare, email: null }, here),
    'another person': found({ ...bare, first_name: 'Bruno', last_name: 'Tadic' }),
    'a person who works elsewhere': found(
      { email: { status: 'VERIFIED', revealed: true, email: 'ada@elsewhere.example' } },
      { domain: 'elsewhere.example' },
    ),
  },
  faults: commonFaults(found(), faults),
};

const mobile = (number: string | null, revealed = true) =>
  found({ ...bare, email: null, mobile: { status: 'VERIFIED', revealed, mobile: number } }, here);

export const prospeoMobileCases: VendorCases = {
  provider: 'prospeo',
  capability: 'enrich-mobile',
  asked: ada,
  hit: mobile(ADA_MOBILE),
  misses: {
    'a number that is not revealed': mobile('+1202555****', false),
    'a landline': mobile(DESK_PHONE),
    'no number': mobile(null),
  },
  faults: commonFaults(mobile(ADA_MOBILE), faults),
};

const bulk = (matched: unknown[], not_matched: string[]) =>
  json(200, { error: false, total_cost: 1, matched, not_matched, invalid_datapoints: [] });

export const prospeoBatchCases: BatchCases = {
  provider: 'prospeo',
  capability: 'enrich-person',
  asked: [
    { ref: 'r1', known: { ...ada, givenName: 'Bruno', familyName: 'Tadic' } },
    { ref: 'r2', known: ada },
  ],
  reply: bulk([{ identifier: 'r2', person, company }], ['r1']),
  outcomes: { r1: 'miss', r2: 'hit' },
  faults: {
    ...commonFaults(bulk([], ['r1', 'r2']), faults),
    'a record that nobody asked about': {
      reply: bulk([{ identifier: 'r9', person, company }], []),
      fault: 'malformed',
    },
  },
};
