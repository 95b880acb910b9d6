import { knowledgeOf } from '../world/knowledge.ts';
import type { VendorKnowledge } from '../world/knowledge.ts';
import type { World } from '../world/world.ts';
import { findPerson, sizeRange } from './find-person.ts';
import type { Found } from './find-person.ts';
import type { Spoil, VendorAnswer, VendorSimulator } from './vendor.ts';

const error = (status: 400 | 401 | 402 | 404 | 429, type: string, message: string): VendorAnswer => ({
  status,
  body: { status, error: { type, message } },
});

const REFUSALS = {
  bad_key: error(
    401,
    'authentication_error',
    'Request contained a missing or invalid key (this sandbox takes sandbox_ keys only)',
  ),
  no_credits: error(402, 'payment_required', 'You have reached your account maximum (all matches used)'),
  rate_limited: error(
    429,
    'rate_limit_error',
    'An error occurred due to requests hitting the API too quickly',
  ),
};

/** `GET /v5/person/enrich`: a credit for every 200, also for the same person again; a 404 is free. */
export function peopleDataLabsSimulator(world: World): VendorSimulator {
  return {
    vendor: 'people-data-labs',
    host: 'api.peopledatalabs.com',
    keyIn: { header: 'x-api-key' },
    refuse: (why) => REFUSALS[why],
    answer({ method, path, query }, spoil, account) {
      if (method !== 'GET' || path !== '/v5/person/enrich')
        return error(404, 'not_found', 'No such resource');
      return enrich(world, query, spoil, account.creditsLeft);
    },
  };
}

function enrich(world: World, query: URLSearchParams, spoil: Spoil, creditsLeft: number): VendorAnswer {
  const asked = {
    email: query.get('email'),
    linkedinUrl: query.get('profile'),
    givenName: query.get('first_name'),
    familyName: query.get('last_name'),
    company: query.get('company'),
  };
  if (!asked.email && !asked.linkedinUrl && !(asked.givenName && asked.familyName && asked.company)) {
    return error(400, 'invalid_request_error', 'Request contained either missing or invalid parameters');
  }
  const found = findPerson(world, asked);
  const known = found ? knowledgeOf('people-data-labs', found.person) : null;
  const likelihood = found === null ? 0 : { email: 10, profile: 9, name: 8 }[found.by];
  if (!found || !known?.email || likelihood < Number(query.get('min_likelihood') ?? 2)) {
    return error(404, 'not_found', 'No records were found matching your request');
  }
  return {
    status: 200,
    headers: {
      'x-call-credits-spent': '1',
      'x-totallimit-remaining': String(creditsLeft - 1),
      'x-ratelimit-limit': '1000',
    },
    body: { status: 200, likelihood, data: dataOf(found, known, spoil ?? known.trap) },
    charge: { capability: 'person-enrich', personKey: found.person.key, credits: 1 },
  };
}

/** A record in which nothing is known; the vendor sends every field, empty ones as null. */
const NOTHING = {
  full_name: null,
  first_name: null,
  last_name: null,
  work_email: null,
  mobile_phone: null,
  phone_numbers: null,
  emails: null,
  job_title: null,
  job_title_levels: [],
  linkedin_url: null,
  industry: null,
  job_company_name: null,
  job_company_website: null,
  job_company_size: null,
  job_company_industry: null,
  location_country: null,
};

function dataOf({ person, company }: Found, known: VendorKnowledge, spoil: Spoil): Record<string, unknown> {
  const nothing = { id: `sbx${person.key}_0000`, ...NOTHING };
  if (spoil === 'empty_id') return nothing;
  const names = {
    full_name: `${person.givenName} ${person.familyName}`,
    first_name: person.givenName,
    last_name: person.familyName,
  };
  if (spoil === 'masked') {
    // The plan does not include it: `true` says that there would be a value.
    return {
      ...nothing,
      ...names,
      work_email: true,
      mobile_phone: person.mobile !== null,
      emails: true,
      phone_numbers: true,
    };
  }
  return {
    ...nothing,
    ...names,
    work_email: person.email,
    emails: [{ address: person.email, type: 'current_professional' }],
    mobile_phone: known.mobile ? person.mobile : null,
    phone_numbers: person.landline === null ? null : [person.landline],
    job_title: person.title,
    job_title_role: person.role,
    job_title_levels: [person.seniority],
    linkedin_url: person.linkedinUrl.replace('https://', ''),
    industry: company.industry,
    job_company_name: company.name.toLowerCase(),
    job_company_website: company.domain,
    job_company_size: sizeRange(company.employees),
    job_company_industry: company.industry,
    location_country: company.country,
  };
}
