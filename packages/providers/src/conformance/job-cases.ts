import { commonFaults, html, json } from './cases.ts';
import type { VendorCases } from './cases.ts';

const asked = {
  givenName: 'Ada',
  familyName: 'Okafor',
  companyName: 'Northmill',
  companyDomain: 'northmill.example',
  linkedinUrl: 'https://profiles.example/in/ada-okafor',
};

const job = (website: string, end: string | null) => ({
  company: { name: website, website },
  start_date: '2019-01',
  end_date: end,
});
const moved = {
  id: 'qEnOZ5Oh0poWnQ1luFBfVw_0000',
  first_name: 'Ada',
  last_name: 'Okafor',
  linkedin_url: 'profiles.example/in/ada-okafor',
  job_title: 'Chief Revenue Officer',
  job_company_name: 'harbourline',
  job_company_website: 'harbourline.example',
  job_start_date: '2026-09',
  experience: [job('harbourline.example', null), job('northmill.example', '2026-08')],
  version_status: { current_version: '35.1', status: 'updated' },
};
export const jobFound = (changes: Record<string, unknown>, likelihood = 9) =>
  json(200, { status: 200, likelihood, data: { ...moved, ...changes } }, { 'x-call-credits-spent': '1' });

export const personJobCases: VendorCases = {
  provider: 'people-data-labs',
  capability: 'person-job',
  asked,
  hit: jobFound({}),
  misses: {
    'its 404': json(404, { status: 404, error: { type: 'not_found', message: 'No records were found' } }),
    'a doubtful match': jobFound({}, 3),
    'another person': jobFound({ first_name: 'Bruno', last_name: 'Tadic', linkedin_url: null }),
  },
  faults: {
    ...commonFaults(jobFound({})),
    'no credits left': {
      reply: json(402, { status: 402, error: { type: 'payment_required' } }),
      fault: 'quota_exhausted',
    },
    'a 404 of some other server': { reply: html(404), fault: 'rejected' },
  },
};

/** What is not a departure, and what is. */
export const personJobStates: readonly [string, Record<string, unknown>, string][] = [
  ['has ended there and began elsewhere', {}, 'elsewhere'],
  ['is still there', { job_company_website: 'www.northmill.example' }, 'same'],
  [
    'has two jobs at once',
    { experience: [job('harbourline.example', null), job('northmill.example', null)] },
    'unclear',
  ],
  ['was never there', { experience: [job('harbourline.example', null)] }, 'unclear'],
  ['has no job at all', { job_company_name: null, job_company_website: null }, 'unclear'],
  ['has jobs that the plan keeps back', { experience: true }, 'unclear'],
];

const detected = (changes: Record<string, unknown>) =>
  json(200, {
    job_change_detected: true,
    status: 'JOB_CHANGE_DETECTED',
    summary: 'Job change detected. Person has moved to a new company.',
    employee_name: 'Ada Okafor',
    expected_company: 'Northmill Inc',
    current_company: 'Harbourline',
    current_position: {
      title: 'Chief Revenue Officer',
      company: 'Harbourline',
      start_date: 'Sep 2026',
      days_at_job: 45,
      is_current_position: true,
    },
    work_history: [
      { title: 'Chief Revenue Officer', company: 'Harbourline', duration: 'Sep 2026 - Present' },
      { title: 'VP Sales', company: 'Northmill', duration: 'Jan 2019 - Aug 2026' },
    ],
    profile_url: 'profiles.example/in/ada-okafor',
    credits_consumed: 3,
    ...changes,
  });

export const jobChangeCases: VendorCases = {
  provider: 'leadmagic',
  capability: 'job-change-detector',
  asked,
  hit: detected({}),
  misses: {
    'a profile that is not found': detected({
      status: 'PROFILE_NOT_FOUND',
      job_change_detected: false,
      credits_consumed: 0,
    }),
    'its 404': json(404, { title: 'Not Found', code: 'not_found' }),
    'another person': detected({ employee_name: 'Bruno Tadic' }),
  },
  faults: {
    ...commonFaults(detected({})),
    'no credits left': { reply: json(402, { title: 'Payment Required' }), fault: 'quota_exhausted' },
    'a 404 of some other server': { reply: html(404), fault: 'rejected' },
  },
};

export const jobChangeStates: readonly [string, Record<string, unknown>, string][] = [
  ['has moved', {}, 'elsewhere'],
  ['is still there', { status: 'NO_CHANGE', job_change_detected: false }, 'same'],
  ['was never there', { status: 'NEVER_WORKED_THERE', job_change_detected: false }, 'unclear'],
  ['has several jobs', { status: 'AMBIGUOUS_CURRENT_EMPLOYMENT', job_change_detected: false }, 'unclear'],
  [
    'has a job without dates',
    { status: 'CURRENT_EMPLOYMENT_UNKNOWN', job_change_detected: false },
    'unclear',
  ],
  ['is of a status of tomorrow', { status: 'SABBATICAL', job_change_detected: false }, 'unclear'],
  ['works elsewhere and was never there', { work_history: [{ company: 'Harbourline' }] }, 'unclear'],
  ['has moved, said without a status', { status: null }, 'elsewhere'],
  [
    'has moved, in camel case',
    { work_history: undefined, workHistory: [{ companyName: 'Northmill' }] },
    'elsewhere',
  ],
];

export const jobDetected = detected;
