import { commonFaults, html, json } from './cases.ts';
import type { BatchCases, VendorCases } from './cases.ts';

const asked = {
  givenName: 'Dan',
  familyName: 'Müller',
  companyName: 'Brightwater',
  companyDomain: 'brightwater.example',
};

const record = {
  id: 'qEnOZ5Oh0poWnQ1luFBfVw_0000',
  first_name: 'Daniel',
  last_name: 'Muller',
  work_email: 'daniel.muller@brightwater.example',
  mobile_phone: '+12025550123',
  job_title: 'Head of Data',
  linkedin_url: 'profiles.example/in/daniel-muller',
  job_company_website: 'brightwater.example',
  job_company_size: '51-200',
  job_company_industry: 'computer software',
};

const found = (changes: Record<string, unknown>, likelihood = 9) =>
  json(200, { status: 200, likelihood, data: { ...record, ...changes } }, { 'x-call-credits-spent': '1' });

const nothing = {
  work_email: null,
  mobile_phone: null,
  job_title: null,
  linkedin_url: null,
  job_company_size: null,
  job_company_industry: null,
};
const masked = {
  ...nothing,
  work_email: true,
  mobile_phone: true,
  job_title: true,
  linkedin_url: false,
  emails: true,
};
const hit = found({});

export const peopleDataLabsCases: VendorCases = {
  provider: 'people-data-labs',
  capability: 'person-enrich',
  asked,
  hit,
  misses: {
    'its 404': json(404, {
      status: 404,
      error: { type: 'not_found', message: 'No records were found matching your request' },
    }),
    'its 404 inside a 200': json(200, { status: 404, error: { type: ['not_found'], message: 'No records' } }),
    'an id with empty fields': found({
      ...nothing,
      first_name: null,
      last_name: null,
      job_company_website: null,
    }),
    'fields that the plan does not include': found(masked),
    'a masked address': found({ ...nothing, work_email: 'd*****@brightwater.example' }),
    'another person': found({ first_name: 'Olga', last_name: 'Petrova' }),
    'a person who works elsewhere': found({
      work_email: 'd@elsewhere.example',
      job_company_website: 'elsewhere.example',
    }),
    'a doubtful match': found({}, 3),
    'a landline sold as a mobile': found({ ...nothing, mobile_phone: '+442079460123' }),
    'half a number': found({ ...nothing, mobile_phone: '+1 555' }),
  },
  faults: {
    ...commonFaults(hit),
    'no credits left': {
      reply: json(402, { status: 402, error: { type: 'payment_required' } }),
      fault: 'quota_exhausted',
    },
    'HTTP 429 without Retry-After': {
      reply: json(429, { status: 429, error: { type: 'rate_limit_error' } }),
      fault: 'rate_limited',
    },
    'a throttle inside a 200': {
      reply: json(200, { status: 429, error: { type: 'rate_limit_error' } }),
      fault: 'rate_limited',
    },
    'a 404 of some other server': { reply: html(404), fault: 'rejected' },
  },
};

const bulk = (results: unknown[]) => json(200, results);
const foundOne = (ref: string) => ({ status: 200, likelihood: 9, data: record, metadata: { ref } });
const missed = { status: 404, error: { type: ['not_found'], message: 'No records' } };
const { 'a JSON array': _anArray, ...faults } = commonFaults(bulk([missed, missed]));

export const peopleDataLabsBatchCases: BatchCases = {
  provider: 'people-data-labs',
  capability: 'person-enrich',
  asked: [
    { ref: 'r1', known: { ...asked, givenName: 'Olga', familyName: 'Petrova' } },
    { ref: 'r2', known: asked },
  ],
  reply: bulk([missed, foundOne('r2')]),
  outcomes: { r1: 'miss', r2: 'hit' },
  faults: {
    ...faults,
    'a list of another length': { reply: bulk([foundOne('r2')]), fault: 'malformed' },
    'a record at the place of another': { reply: bulk([foundOne('r9'), missed]), fault: 'malformed' },
  },
};
