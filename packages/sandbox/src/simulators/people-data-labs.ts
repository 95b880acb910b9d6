import { knowledgeOf } from '../world/knowledge.ts';
import type { VendorKnowledge } from '../world/knowledge.ts';
import type { World } from '../world/world.ts';
import { findCompany, findPerson, sizeRange } from './find-person.ts';
import type { Found } from './find-person.ts';
import { recordIn, textIn } from './known-person.ts';
import type { MoveBook } from './move-book.ts';
import { changelog, enrichJob } from './people-data-labs-jobs.ts';
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

/** `/v5/person/enrich`, bulk, search and companies: a credit for every 200, also for the same person again; a 404 is free. */
export function peopleDataLabsSimulator(world: World, moves: MoveBook): VendorSimulator {
  return {
    vendor: 'people-data-labs',
    host: 'api.peopledatalabs.com',
    keyIn: { header: 'x-api-key' },
    limits: [{ requests: 1_000, windowMs: 60_000 }],
    refuse: (why) => REFUSALS[why],
    answer(call, spoil, account) {
      const route = `${call.method} ${call.path}`;
      if (route === 'GET /v5/person/enrich' && call.query.has('data_include'))
        return enrichJob(world, moves, call.query);
      if (route === 'POST /v5/person/changelog') return changelog(world, moves, call.body);
      if (route === 'GET /v5/person/enrich') return enrich(world, call.query, spoil, account.creditsLeft);
      if (route === 'POST /v5/person/bulk') return enrichMany(world, call.body, spoil, account.creditsLeft);
      if (route === 'GET /v5/company/enrich') return enrichCompany(world, call.query);
      if (route === 'POST /v5/person/search') return search(world, call.body);
      return error(404, 'not_found', 'No such resource');
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

/** A list in the order of what was asked, each with its own status. */
function enrichMany(
  world: World,
  body: Record<string, unknown>,
  spoil: Spoil,
  creditsLeft: number,
): VendorAnswer {
  const requests = Array.isArray(body['requests']) ? body['requests'].map(recordIn) : [];
  if (requests.length === 0 || requests.length > 100)
    return error(400, 'invalid_request_error', 'requests must hold 1 to 100 records');
  const answers = requests.map((request) => {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(recordIn(request['params'])))
      parameters.set(name, String(value));
    return enrich(world, parameters, spoil, creditsLeft);
  });
  return {
    status: 200,
    body: answers.map((answer, at) => ({ ...recordIn(answer.body), metadata: requests[at]?.['metadata'] })),
    charge: answers.flatMap(({ charge }) => charge ?? []),
  };
}

function enrichCompany(world: World, query: URLSearchParams): VendorAnswer {
  const company = findCompany(world, query.get('website') ?? query.get('name') ?? '');
  if (!company) return error(404, 'not_found', 'No records were found matching your request');
  return {
    status: 200,
    headers: { 'x-call-credits-spent': '1' },
    body: {
      status: 200,
      likelihood: 9,
      name: company.name.toLowerCase(),
      website: company.domain,
      size: sizeRange(company.employees),
      employee_count: company.employees,
      industry: company.industry,
      type: 'private',
      location: { name: `${company.city}, ${company.region}, ${company.country}`.toLowerCase() },
    },
    charge: { capability: 'company-enrich', personKey: company.key, credits: 1 },
  };
}

/** Reads the domain and the titles out of an Elasticsearch query, which is all it knows of that language. */
function search(world: World, body: Record<string, unknown>): VendorAnswer {
  const query = textIn(body['query']) ?? '';
  const company = findCompany(world, /"job_company_website":"([^"]+)"/.exec(query)?.[1] ?? '');
  const titles = [...query.matchAll(/"job_title":"([^"]+)"/g)].map(([, title]) => title ?? '');
  const people = world.people.filter((person) => {
    if (person.companyKey !== company?.key || !knowledgeOf('people-data-labs', person).email) return false;
    return titles.length === 0 || titles.some((title) => person.title.toLowerCase().includes(title));
  });
  const page = people.slice(0, Number(body['size'] ?? 1));
  if (!company || page.length === 0)
    return error(404, 'not_found', 'No records were found matching your request');
  return {
    status: 200,
    body: {
      status: 200,
      total: people.length,
      data: page.map((person) =>
        dataOf({ person, company, by: 'name' }, knowledgeOf('people-data-labs', person), null),
      ),
    },
    charge: page.map(({ key }) => ({ capability: 'person-search', personKey: key, credits: 1 })),
  };
}
