import { commonFaults, html, json } from './cases.ts';
import type { VendorCases } from './cases.ts';

const asked = { companyName: 'Northmill', companyDomain: 'northmill.example' };
const tooMany = { 'HTTP 429 without Retry-After': { reply: json(429, {}), fault: 'rate_limited' } };

const apollo = (organization: unknown) => json(200, { organization });
const northmill = { primary_domain: 'northmill.example', industry: 'textiles', estimated_num_employees: 240 };
const apolloHit = apollo(northmill);

const findymail = (changes: Record<string, unknown>) =>
  json(200, { name: 'Northmill', domain: 'northmill.example', company_size: '201-500', ...changes });

const hunter = (changes: Record<string, unknown>) =>
  json(200, {
    data: { domain: 'northmill.example', category: { industry: 'Textiles' }, tech: ['nginx'], ...changes },
  });

const leadMagic = (changes: Record<string, unknown>) =>
  json(200, {
    credits_consumed: 1,
    companyName: 'Northmill',
    company_domain: 'northmill.example',
    employeeRange: '201-500',
    ...changes,
  });

const pdl = (changes: Record<string, unknown>) =>
  json(200, {
    status: 200,
    likelihood: 9,
    name: 'northmill',
    website: 'northmill.example',
    size: '201-500',
    ...changes,
  });

const prospeo = (changes: Record<string, unknown>) =>
  json(200, {
    error: false,
    company: { domain: 'northmill.example', employee_range: '201-500', ...changes },
  });

export const companyCases: readonly VendorCases[] = [
  {
    provider: 'apollo',
    capability: 'organization-enrich',
    asked,
    hit: apolloHit,
    misses: {
      nothing: apollo(null),
      'another company': apollo({ ...northmill, primary_domain: 'elsewhere.example' }),
      'an empty record': apollo({ primary_domain: 'northmill.example' }),
    },
    faults: commonFaults(apolloHit, tooMany),
  },
  {
    provider: 'findymail',
    capability: 'search-company',
    asked,
    hit: findymail({}),
    misses: {
      'its 404': json(404, { error: 'Company not found' }),
      'another company': findymail({ domain: 'elsewhere.example' }),
      'an empty record': findymail({ company_size: null }),
    },
    faults: commonFaults(findymail({}), tooMany),
  },
  {
    provider: 'hunter',
    capability: 'company-find',
    asked,
    hit: hunter({}),
    misses: {
      'its 404': json(404, { errors: [{ id: 'not_found', code: 404 }] }),
      'another company': hunter({ domain: 'elsewhere.example' }),
      'an empty record': hunter({ category: null, tech: [] }),
    },
    faults: commonFaults(hunter({}), {
      'a forbidden key': undefined,
      'HTTP 429 with Retry-After': undefined,
      'a 404 of some other server': { reply: html(404), fault: 'rejected' },
    }),
  },
  {
    provider: 'leadmagic',
    capability: 'company-search',
    asked,
    hit: leadMagic({}),
    misses: {
      nothing: json(200, { credits_consumed: 0, message: 'Company not found.' }),
      'another company': leadMagic({ company_domain: 'elsewhere.example' }),
      'an empty record': leadMagic({ employeeRange: null }),
    },
    faults: commonFaults(leadMagic({}), {
      ...tooMany,
      'an answer that says nothing': { reply: json(200, {}), fault: 'malformed' },
    }),
  },
  {
    provider: 'people-data-labs',
    capability: 'company-enrich',
    asked,
    hit: pdl({}),
    misses: {
      'its 404': json(404, { status: 404, error: { type: 'not_found', message: 'No records' } }),
      'another company': pdl({ website: 'elsewhere.example' }),
      'an empty record': pdl({ size: null }),
    },
    faults: commonFaults(pdl({}), tooMany),
  },
  {
    provider: 'prospeo',
    capability: 'enrich-company',
    asked,
    hit: prospeo({}),
    misses: {
      NO_MATCH: json(400, { error: true, error_code: 'NO_MATCH' }),
      'another company': prospeo({ domain: 'elsewhere.example' }),
      'an empty record': prospeo({ employee_range: null }),
    },
    faults: commonFaults(prospeo({}), tooMany),
  },
];
