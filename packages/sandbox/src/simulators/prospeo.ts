import type { World } from '../world/world.ts';
import { findCompany, sizeRange } from './find-person.ts';
import { emailOf, knownPerson, recordIn, soldMobileOf, textIn } from './known-person.ts';
import type { KnownPerson } from './known-person.ts';
import type {
  Spoil,
  VendorAccount,
  VendorAnswer,
  VendorCall,
  VendorCharge,
  VendorSimulator,
} from './vendor.ts';

const error = (status: 400 | 401 | 404 | 429, error_code: string): VendorAnswer => ({
  status,
  body: { error: true, error_code },
});

const REFUSALS = {
  bad_key: error(401, 'INVALID_API_KEY'),
  no_credits: error(400, 'INSUFFICIENT_CREDITS'),
  rate_limited: error(429, 'RATE_LIMITED'),
};

/** `POST /enrich-person` and the like: a credit for an address, ten with a mobile, the same record again is free. */
export function prospeoSimulator(world: World): VendorSimulator {
  return {
    vendor: 'prospeo',
    host: 'api.prospeo.io',
    keyIn: { header: 'x-key' },
    limits: [
      { requests: 5, windowMs: 1_000, path: '/enrich-person' },
      { requests: 300, windowMs: 60_000, path: '/enrich-person' },
    ],
    refuse: (why) => REFUSALS[why],
    answer(call, spoil, account) {
      if (call.path === '/account-information')
        return {
          status: 200,
          body: {
            error: false,
            response: { current_plan: 'STARTER', remaining_credits: account.creditsLeft },
          },
        };
      if (call.path === '/enrich-person') return enrichOne(world, call, spoil, account);
      if (call.path === '/bulk-enrich-person') return enrichMany(world, call, spoil, account);
      if (call.path === '/enrich-company') return enrichCompany(world, call, account);
      if (call.path === '/search-person') return searchPeople(world, call);
      return error(404, 'INVALID_REQUEST');
    },
  };
}

type Matched = {
  person: Record<string, unknown>;
  company: Record<string, unknown>;
  free_enrichment: boolean;
  charge: VendorCharge | null;
};

function enrichOne(world: World, { body }: VendorCall, spoil: Spoil, account: VendorAccount): VendorAnswer {
  const data = recordIn(body['data']);
  if (Object.keys(data).length === 0) return error(400, 'INVALID_DATAPOINTS');
  const matched = matchOf(world, data, body['enrich_mobile'] === true, spoil, account);
  if (matched === null) return error(400, 'NO_MATCH');
  const { charge, ...reply } = matched;
  return { status: 200, body: { error: false, ...reply }, ...(charge && { charge }) };
}

function enrichMany(world: World, { body }: VendorCall, spoil: Spoil, account: VendorAccount): VendorAnswer {
  const records = Array.isArray(body['data']) ? body['data'].map(recordIn) : [];
  if (records.length === 0 || records.length > 50) return error(400, 'INVALID_REQUEST');
  const results = records.map((record) => ({
    identifier: textIn(record['identifier']) ?? '',
    matched: matchOf(world, record, body['enrich_mobile'] === true, spoil, account),
  }));
  const charges = results.flatMap(({ matched }) => matched?.charge ?? []);
  return {
    status: 200,
    body: {
      error: false,
      total_cost: charges.reduce((sum, { credits }) => sum + credits, 0),
      matched: results.flatMap(({ identifier, matched }) =>
        matched
          ? [
              {
                identifier,
                person: matched.person,
                company: matched.company,
                free_enrichment: matched.free_enrichment,
              },
            ]
          : [],
      ),
      not_matched: results.flatMap(({ identifier, matched }) => (matched ? [] : [identifier])),
      invalid_datapoints: [],
    },
    charge: charges,
  };
}

function matchOf(
  world: World,
  data: Record<string, unknown>,
  withMobile: boolean,
  spoil: Spoil,
  account: VendorAccount,
): Matched | null {
  const asked = {
    email: textIn(data['email']),
    linkedinUrl: textIn(data['linkedin_url']),
    givenName: textIn(data['first_name']),
    familyName: textIn(data['last_name']),
    company: textIn(data['company_website']) ?? textIn(data['company_name']),
  };
  const found = knownPerson(world, 'prospeo', asked, spoil);
  const mobile = found && withMobile ? soldMobileOf(found) : null;
  if (!found || (withMobile && mobile === null)) return null;
  const capability = withMobile ? 'enrich-mobile' : 'enrich-person';
  const isFree = account.hasPaid(capability, found.person.key);
  return {
    person: personOf(found, mobile),
    company: companyOf(found.company),
    free_enrichment: isFree,
    charge: isFree ? null : { capability, personKey: found.person.key, credits: withMobile ? 10 : 1 },
  };
}

function personOf(found: KnownPerson, mobile: string | null): Record<string, unknown> {
  const { person, trap } = found;
  const id = { person_id: `pr_${person.key}` };
  if (trap === 'empty_id') return id;
  return {
    ...id,
    first_name: person.givenName,
    last_name: person.familyName,
    full_name: `${person.givenName} ${person.familyName}`,
    ...(trap === null && { linkedin_url: person.linkedinUrl, current_job_title: person.title }),
    email: { status: 'VERIFIED', revealed: trap === null, email: emailOf(found) },
    mobile:
      mobile === null
        ? { status: 'UNAVAILABLE', revealed: false, mobile: null }
        : { status: 'VERIFIED', revealed: trap === null, mobile },
  };
}

const companyOf = (company: KnownPerson['company']): Record<string, unknown> => ({
  name: company.name,
  domain: company.domain,
  website: `https://${company.domain}`,
  industry: company.industry,
  employee_count: company.employees,
  employee_range: sizeRange(company.employees),
  location: { city: company.city, state: company.region, country: company.country },
});

function enrichCompany(world: World, { body }: VendorCall, account: VendorAccount): VendorAnswer {
  const data = recordIn(body['data']);
  const company = findCompany(world, textIn(data['company_website']) ?? textIn(data['company_name']) ?? '');
  if (!company) return error(400, 'NO_MATCH');
  const isFree = account.hasPaid('enrich-company', company.key);
  return {
    status: 200,
    body: { error: false, free_enrichment: isFree, company: companyOf(company) },
    ...(!isFree && { charge: { capability: 'enrich-company', personKey: company.key, credits: 1 } }),
  };
}

function searchPeople(world: World, { body }: VendorCall): VendorAnswer {
  const filters = recordIn(body['filters']);
  const sites = recordIn(recordIn(filters['company'])['websites'])['include'];
  const titles = recordIn(filters['person_job_title'])['include'];
  const company = findCompany(world, Array.isArray(sites) ? String(sites[0]) : '');
  const wanted = Array.isArray(titles) ? titles.map((title) => String(title).toLowerCase()) : null;
  const people = world.people.filter(
    (person) =>
      person.companyKey === company?.key &&
      (wanted === null || wanted.some((title) => person.title.toLowerCase().includes(title))),
  );
  if (!company || people.length === 0) return error(400, 'NO_RESULTS');
  return {
    status: 200,
    body: {
      error: false,
      results: people.slice(0, 25).map((person) => ({
        person: {
          person_id: `pr_${person.key}`,
          first_name: person.givenName,
          last_name: person.familyName,
          current_job_title: person.title,
          linkedin_url: person.linkedinUrl,
        },
      })),
      pagination: { total_count: people.length },
    },
    charge: { capability: 'search-person', personKey: company.key, credits: 1 },
  };
}
