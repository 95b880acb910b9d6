import { commonFaults, html, json } from './cases.ts';
import type { VendorCases } from './cases.ts';
import { ada, ADA_EMAIL } from './people.ts';

const data = {
  first_name: 'Ada',
  last_name: 'Okafor',
  email: ADA_EMAIL,
  score: 97,
  domain: 'northmill.example',
  accept_all: false,
  position: 'VP Sales',
  verification: { date: '2026-10-01', status: 'valid' },
};
const found = (changes: Record<string, unknown> = {}) =>
  json(200, { data: { ...data, ...changes }, meta: { params: {} } });
const own = (status: number, id: string) => json(status, { errors: [{ id, code: status, details: 'no' }] });
const gone = { position: null, linkedin_url: null };

/** 403 and 429 mean the opposite of what they mean elsewhere. */
const inverted = {
  'a forbidden key': undefined,
  'HTTP 429 with Retry-After': undefined,
  'asked too fast, said with 403': { reply: own(403, 'rate_limit'), fault: 'rate_limited' },
  'the plan is used up, said with 429': { reply: own(429, 'too_many_requests'), fault: 'quota_exhausted' },
  'still at work, said with 202': { reply: json(202, { data: {} }), fault: 'unavailable' },
  'a 404 of some other server': { reply: html(404), fault: 'rejected' },
};

export const hunterFinderCases: VendorCases = {
  provider: 'hunter',
  capability: 'email-finder',
  asked: ada,
  hit: found(),
  misses: {
    'an address that is null': found({ email: null, score: null }),
    'its 404': own(404, 'not_found'),
    'somebody who opted out': own(451, 'claimed_email'),
    'an address elsewhere': found({ email: 'ada@oldjob.example', ...gone }),
    'a masked address': found({ email: 'a***@northmill.example', ...gone }),
    'another person': found({ first_name: 'Bruno', last_name: 'Tadic' }),
  },
  faults: commonFaults(found(), inverted),
};

const verdict = (status: string, email = ADA_EMAIL) =>
  json(200, { data: { email, status, result: 'x', score: 90 } });

export const hunterVerifierCases: VendorCases = {
  provider: 'hunter',
  capability: 'email-verifier',
  asked: { email: ADA_EMAIL },
  hit: verdict('valid'),
  misses: {},
  faults: commonFaults(verdict('valid'), {
    ...inverted,
    'a verdict about somebody else': { reply: verdict('valid', 'x@y.example'), fault: 'malformed' },
    'a verdict that nobody knows': { reply: verdict('splendid'), fault: 'malformed' },
  }),
};
