import type { Price, ProviderManifest } from '@penstock/enrichment/provider-port';

import { limitOf, MINUTE_MS, priceOf } from '../manifest-parts.ts';

export const LEADMAGIC_ID = 'leadmagic';
export const EMAIL_FINDER = 'email-finder';
export const MOBILE_FINDER = 'mobile-finder';
export const EMAIL_VALIDATION = 'email-validation';
export const COMPANY_SEARCH = 'company-search';
export const JOB_CHANGE_DETECTOR = 'job-change-detector';
export const EMPLOYEE_FINDER = 'employee-finder';
/** The most of a page; the vendor sells each for a twentieth of a credit. */
export const EMPLOYEES_ASKED = 50;

/** Basic plan, $0.024 a credit (help.leadmagic.io); 1, 5 and 0.25 credits, nothing for a miss. */
const price = (credits: number, terms: Parameters<typeof priceOf>[2] = {}): Price =>
  priceOf(credits, 24_000, { bills: ['hit', 'catch_all'], ...terms });

export const leadMagicManifest: ProviderManifest = {
  id: LEADMAGIC_ID,
  name: 'LeadMagic',
  host: 'api.leadmagic.io',
  credential: { in: 'header', name: 'X-API-Key' },
  capabilities: [
    {
      id: EMAIL_FINDER,
      kind: 'find_person',
      mode: 'sync',
      batchMax: 1,
      gives: ['work_email', 'company_size', 'industry'],
      needs: [
        ['givenName', 'familyName', 'companyDomain'],
        ['givenName', 'familyName', 'companyName'],
      ],
      price: price(1),
      // It asks the mail server while we wait.
      timeoutMs: 30_000,
    },
    {
      id: MOBILE_FINDER,
      kind: 'find_person',
      mode: 'sync',
      batchMax: 1,
      gives: ['mobile'],
      needs: [['linkedinUrl'], ['email']],
      price: price(5),
      timeoutMs: 30_000,
    },
    {
      id: EMAIL_VALIDATION,
      kind: 'verify_email',
      mode: 'sync',
      batchMax: 1,
      gives: [],
      needs: [['email']],
      price: price(0.25, { charged: 'on_call', bills: ['hit', 'catch_all', 'invalid'] }),
      timeoutMs: 30_000,
    },
    {
      id: COMPANY_SEARCH,
      kind: 'find_company',
      mode: 'sync',
      batchMax: 1,
      gives: ['company_size', 'industry', 'revenue_range', 'location'],
      needs: [['companyDomain'], ['companyName']],
      price: price(1),
      timeoutMs: 30_000,
    },
    {
      id: JOB_CHANGE_DETECTOR,
      kind: 'check_employment',
      mode: 'sync',
      batchMax: 1,
      gives: [],
      needs: [
        ['linkedinUrl', 'companyDomain'],
        ['linkedinUrl', 'companyName'],
      ],
      // Three credits whatever it says, but for a profile that it does not find.
      price: price(3, { charged: 'on_call', bills: ['hit'] }),
      timeoutMs: 30_000,
    },
    {
      id: EMPLOYEE_FINDER,
      kind: 'search_people',
      mode: 'sync',
      batchMax: 1,
      gives: ['title'],
      needs: [['companyName']],
      namesEverybody: true,
      price: price(EMPLOYEES_ASKED / 20),
      timeoutMs: 30_000,
    },
  ],
  limits: [limitOf(300, MINUTE_MS)],
  region: 'us',
  lawfulUse: 'Business contact data; a legitimate interest has to be shown for people in the EU and the UK.',
  retentionDays: null,
  notes: [
    'A mobile may be a desk phone: the line type is checked here.',
    'A check of somebody’s job costs the same whether they have changed it or not.',
    'Employees are named whatever their position: who fits the positions is told here, the others are paid for too.',
    'Snake and camel case are mixed on the wire.',
  ],
};
