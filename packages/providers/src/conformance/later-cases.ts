import { commonFaults, html, json } from './cases.ts';
import type { LaterCases } from './cases.ts';
import { ada, ADA_EMAIL, ADA_MOBILE, ADA_PROFILE, DESK_PHONE } from './people.ts';

const bruno = { ...ada, givenName: 'Bruno', familyName: 'Tadic' };
const two = [
  { ref: 'r1', known: ada },
  { ref: 'r2', known: bruno },
];
const one = [{ ref: 'r1', known: ada }];

const dropSubmitted = json(200, { error: false, success: true, request_id: 'q1', credits_left: 9 });
const dropDone = (data: unknown[]) => json(200, { error: false, success: true, data });
const dropAda = {
  first_name: 'Ada',
  last_name: 'Okafor',
  website: 'northmill.example',
  email: [
    { email: 'info@northmill.example', qualification: 'generic@pro' },
    { email: ADA_EMAIL, qualification: 'nominative@pro' },
  ],
};
const dropFaults = {
  'credits that do not cover the batch': {
    reply: json(403, { error: true, reason: 'Not enough credits' }),
    fault: 'quota_exhausted',
  },
  'HTTP 429 without Retry-After': { reply: json(429, {}), fault: 'rate_limited' },
};

export const dropcontactCases: LaterCases = {
  provider: 'dropcontact',
  capability: 'enrich',
  asked: two,
  submitted: dropSubmitted,
  ticket: 'q1',
  waiting: {
    'its 200 that is not ready': json(200, {
      error: false,
      success: false,
      reason: 'Request not ready yet, try again in 30 seconds',
    }),
  },
  done: dropDone([dropAda, { first_name: 'Bruno', last_name: 'Tadic' }]),
  outcomes: { r1: 'hit', r2: 'miss' },
  submitFaults: commonFaults(dropSubmitted, dropFaults),
  pollFaults: {
    ...commonFaults(dropDone([dropAda, {}]), dropFaults),
    'a list of another length': { reply: dropDone([dropAda]), fault: 'malformed' },
  },
};

const profile = {
  id: 77,
  status: 'complete',
  name: 'Ada Okafor',
  linkedin_url: ADA_PROFILE,
  current_employer_domain: 'northmill.example',
  emails: [{ email: ADA_EMAIL, type: 'professional', grade: 'A', smtp_valid: 'valid' }],
  phones: [{ number: ADA_MOBILE, type: 'mobile', validity: 'valid' }],
};
const searching = json(200, { id: 77, status: 'searching', name: 'Ada Okafor' });
const rocketFaults = {
  'no lookups left': { reply: json(402, { detail: 'No lookups remaining' }), fault: 'quota_exhausted' },
  'no lookups left, said with 403': {
    reply: json(403, { detail: 'You have no credits left' }),
    fault: 'quota_exhausted',
  },
  'HTTP 429 without Retry-After': { reply: json(429, { detail: 'throttled' }), fault: 'rate_limited' },
  'a 404 of some other server': { reply: html(404), fault: 'rejected' },
};
const { 'a JSON array': _anArray, ...pollFaults } = commonFaults(json(200, [profile]), rocketFaults);

export const rocketReachCases: LaterCases = {
  provider: 'rocketreach',
  capability: 'person-lookup-phone',
  asked: one,
  submitted: searching,
  ticket: '77',
  waiting: {
    'a search that goes on': json(200, [{ id: 77, status: 'progress' }]),
    'a status that is new': json(200, [{ id: 77, status: 'waiting' }]),
  },
  done: json(200, [profile]),
  outcomes: { r1: 'hit' },
  submitFaults: commonFaults(searching, rocketFaults),
  pollFaults: {
    ...pollFaults,
    'the status of another lookup': { reply: json(200, [{ ...profile, id: 78 }]), fault: 'malformed' },
    'no status at all': { reply: json(200, []), fault: 'malformed' },
  },
};

const snovStarted = json(202, { data: { task_hash: 'h1' }, meta: {} });
const snovDone = (data: unknown[]) => json(200, { status: 'completed', data });
const snovAda = { people: 'Ada Okafor', result: [{ email: ADA_EMAIL, smtp_status: 'valid' }] };
const snovFaults = {
  'no credits left': {
    reply: json(402, { success: false, message: 'You have ran out of credits' }),
    fault: 'quota_exhausted',
  },
  'HTTP 429 without Retry-After': { reply: json(429, {}), fault: 'rate_limited' },
  'a ticket that nobody knows': { reply: json(422, { message: 'not valid' }), fault: 'rejected' },
};
const snovWaiting = { 'its 200 in progress': json(200, { status: 'in_progress', data: [] }) };

export const snovFindCases: LaterCases = {
  provider: 'snov',
  capability: 'email-by-name',
  asked: two,
  submitted: snovStarted,
  ticket: 'h1',
  waiting: snovWaiting,
  done: snovDone([snovAda, { people: 'Bruno Tadic', result: [] }]),
  outcomes: { r1: 'hit', r2: 'miss' },
  submitFaults: commonFaults(snovStarted, snovFaults),
  pollFaults: {
    ...commonFaults(snovDone([snovAda, snovAda]), snovFaults),
    'a list of another length': { reply: snovDone([snovAda]), fault: 'malformed' },
  },
};

const verified = (email: string, smtp_status: string) =>
  snovDone([{ email, result: { smtp_status, is_disposable: false } }]);

export const snovVerifyCases: LaterCases = {
  provider: 'snov',
  capability: 'email-verification',
  asked: [{ ref: 'r1', known: { email: ADA_EMAIL } }],
  submitted: snovStarted,
  ticket: 'h1',
  waiting: snovWaiting,
  done: verified(ADA_EMAIL, 'not_valid'),
  outcomes: { r1: 'verified' },
  submitFaults: commonFaults(snovStarted, snovFaults),
  pollFaults: {
    ...commonFaults(verified(ADA_EMAIL, 'valid'), snovFaults),
    'a verdict about somebody else': { reply: verified('x@y.example', 'valid'), fault: 'malformed' },
    'a verdict that nobody knows': { reply: verified(ADA_EMAIL, 'splendid'), fault: 'malformed' },
  },
};

const fullStarted = json(200, { enrichment_id: 'e1' });
export const fullResult = (status: string, data: unknown[]) => json(200, { id: 'e1', status, data });
export const fullAda = {
  custom: { ref: 'r1' },
  contact_info: {
    most_probable_work_email: { email: ADA_EMAIL, status: 'DELIVERABLE' },
    most_probable_phone: { number: DESK_PHONE, region: 'GB' },
  },
  profile: { first_name: 'Ada', last_name: 'Okafor' },
};
const fullFaults = {
  'no credits left': {
    reply: json(400, { code: 'error.enrichment.credits.insufficient', message: 'no' }),
    fault: 'quota_exhausted',
  },
  'HTTP 429 without Retry-After': { reply: json(429, { code: 'error.rate_limit' }), fault: 'rate_limited' },
};

export const fullEnrichCases: LaterCases = {
  provider: 'fullenrich',
  capability: 'contact-email',
  asked: two,
  submitted: fullStarted,
  ticket: 'e1',
  waiting: {
    'its 200 in progress': fullResult('IN_PROGRESS', []),
    'a bulk that is done in part': fullResult('IN_PROGRESS', [fullAda]),
  },
  done: fullResult('FINISHED', [{ custom: { ref: 'r2' }, contact_info: null }, fullAda]),
  outcomes: { r1: 'hit', r2: 'miss' },
  submitFaults: commonFaults(fullStarted, fullFaults),
  pollFaults: {
    ...commonFaults(fullResult('FINISHED', [fullAda]), fullFaults),
    'credits that ran out before anything was found': {
      reply: fullResult('CREDITS_INSUFFICIENT', []),
      fault: 'quota_exhausted',
    },
    'a record that nobody asked about': {
      reply: fullResult('FINISHED', [{ ...fullAda, custom: { ref: 'r9' } }]),
      fault: 'malformed',
    },
  },
};

/** Results about one record that must not pass for a hit, with what they cost. */
export const laterMisses = [
  ['fullenrich', 'contact-phone', fullResult('FINISHED', [fullAda]), 'a landline', 0],
  [
    'fullenrich',
    'contact-email',
    fullResult('FINISHED', [
      { ...fullAda, contact_info: { most_probable_work_email: { email: ADA_EMAIL, status: 'INVALID' } } },
    ]),
    'no record',
    0,
  ],
  [
    'dropcontact',
    'enrich',
    dropDone([{ ...dropAda, email: [{ email: ADA_EMAIL, qualification: 'Do_Not_Contact@pro' }] }]),
    'asked not to be contacted',
    0,
  ],
  [
    'dropcontact',
    'enrich',
    dropDone([
      { first_name: 'Ada', email: [{ email: 'info@northmill.example', qualification: 'generic@pro' }] },
    ]),
    'empty record',
    0,
  ],
  ['rocketreach', 'person-lookup', json(200, [{ id: 77, status: 'failed' }]), 'no record', 0],
  [
    'rocketreach',
    'person-lookup',
    json(200, [
      { ...profile, linkedin_url: null, emails: [{ email: ADA_EMAIL, type: 'professional', grade: 'F' }] },
    ]),
    'empty record',
    0,
  ],
  [
    'rocketreach',
    'person-lookup-phone',
    json(200, [
      { ...profile, linkedin_url: null, emails: [], phones: [{ number: DESK_PHONE, type: 'mobile' }] },
    ]),
    'a landline',
    1,
  ],
  [
    'snov',
    'email-by-name',
    snovDone([{ people: 'Bruno Tadic', result: [{ email: ADA_EMAIL, smtp_status: 'unknown' }] }]),
    'another person',
    1,
  ],
] as const;
