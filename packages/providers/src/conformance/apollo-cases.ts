import { commonFaults, json } from './cases.ts';
import type { BatchCases, LaterCases, VendorCases } from './cases.ts';
import { ada, ADA_EMAIL, ADA_MOBILE, ADA_PROFILE } from './people.ts';

const person = {
  id: '587cf802f65125cad923a266',
  first_name: 'Ada',
  last_name: 'Okafor',
  title: 'VP Sales',
  email: ADA_EMAIL,
  email_status: 'verified',
  linkedin_url: ADA_PROFILE,
  organization: { primary_domain: 'northmill.example', estimated_num_employees: 240, industry: 'textiles' },
};
const found = (changes: Record<string, unknown> = {}) =>
  json(200, { person: { ...person, ...changes }, request_id: -5_625_285_838 });
const bare = { title: null, linkedin_url: null };
const nowhere = { organization: { primary_domain: 'northmill.example' } };

const own = {
  'no credits left': { reply: json(402, { error: 'x' }), fault: 'quota_exhausted' },
  'no credits left, said with 422': {
    reply: json(422, { error: 'Insufficient credits' }),
    fault: 'quota_exhausted',
  },
  'HTTP 429 without Retry-After': { reply: json(429, { message: 'slow down' }), fault: 'rate_limited' },
};

export const apolloMatchCases: VendorCases = {
  provider: 'apollo',
  capability: 'people-match',
  asked: ada,
  hit: found(),
  misses: {
    'a person without values': json(200, {
      person: { id: 'x', first_name: 'Ada', last_name: 'Okafor', email_status: null },
    }),
    'no person': json(200, { person: null }),
    'a locked address': found({ email: 'email_not_unlocked@domain.com', ...bare, ...nowhere }),
    'an id with empty fields': found({ email: null, ...bare, ...nowhere }),
    'another person': found({ first_name: 'Bruno', last_name: 'Tadic', linkedin_url: null }),
    'a person who works elsewhere': found({
      email: 'ada@elsewhere.example',
      organization: { primary_domain: 'elsewhere.example' },
    }),
  },
  faults: commonFaults(found(), own),
};

const bruno = { ...ada, givenName: 'Bruno', familyName: 'Tadic' };
const two = [
  { ref: 'r1', known: ada },
  { ref: 'r2', known: bruno },
];
const bulk = (matches: unknown[]) => json(200, { status: 'success', matches, credits_consumed: 1 });

export const apolloBatchCases: BatchCases = {
  provider: 'apollo',
  capability: 'people-match',
  asked: two,
  reply: bulk([person, null]),
  outcomes: { r1: 'hit', r2: 'miss' },
  faults: {
    ...commonFaults(bulk([person, null]), own),
    'a list that is shorter than what was asked': { reply: bulk([person]), fault: 'malformed' },
  },
};

const started = (more: Record<string, unknown> = {}) => ({
  status: 200,
  headers: {},
  body: `{"request_id":-5625285838247958123,"waterfall":{"status":"accepted"},"matches":${JSON.stringify([person, null])},"x":${JSON.stringify(more)}}`,
});
const result = json(200, {
  status: 'success',
  credits_consumed: 8,
  people: [
    {
      id: person.id,
      emails: [{ email: ADA_EMAIL }],
      phone_numbers: [{ sanitized_number: ADA_MOBILE, type_cd: 'mobile' }],
    },
  ],
});

export const apolloWaterfallCases: LaterCases = {
  provider: 'apollo',
  capability: 'people-waterfall',
  asked: two,
  submitted: started(),
  // Beyond what a JSON number holds: the last digits are there all the same.
  ticket: `-5625285838247958123;${person.id},`,
  waiting: { 'its 404': json(404, { error_code: 'result_pending', retry_after_seconds: 17 }) },
  done: result,
  outcomes: { r1: 'hit', r2: 'miss' },
  submitFaults: commonFaults(started(), own),
  pollFaults: {
    ...commonFaults(result, own),
    'a request that nobody knows': {
      reply: json(404, { error_code: 'request_id_unknown' }),
      fault: 'rejected',
    },
  },
};
