import type { World } from '../world/world.ts';
import { findCompany } from './find-person.ts';
import { emailOf, knownPerson, recordIn, soldMobileOf, textIn } from './known-person.ts';
import type { KnownPerson } from './known-person.ts';
import type { Spoil, VendorAnswer, VendorCall, VendorCharge, VendorSimulator } from './vendor.ts';

const error = (status: 401 | 404 | 422 | 429, message: string): VendorAnswer => ({
  status,
  body: { error: message },
});

const REFUSALS = {
  bad_key: error(401, 'Invalid access credentials (this sandbox takes sandbox_ keys only)'),
  no_credits: error(422, 'Insufficient credits'),
  rate_limited: error(429, 'The maximum number of api calls is 200 times per minute'),
};

/** How long its own waterfall takes here. */
const WATERFALL_MS = 200;

type Job = { readyMs: number; body: unknown };

/** People by match (a credit each, misses are empty people), its own waterfall with callback, companies, search. */
export function apolloSimulator(world: World): VendorSimulator {
  const jobs = new Map<string, Job>();
  return {
    vendor: 'apollo',
    host: 'api.apollo.io',
    keyIn: { header: 'x-api-key' },
    limits: [
      { requests: 200, windowMs: 60_000, path: '/api/v1/people/match' },
      { requests: 200, windowMs: 60_000, path: '/api/v1/people/bulk_match' },
    ],
    refuse: (why) => REFUSALS[why],
    answer(call, spoil) {
      const path = call.path.replace('/api/v1', '');
      if (path === '/people/match') return matchOne(world, call, spoil);
      if (path === '/people/bulk_match')
        return call.query.get('run_waterfall_email') === 'true'
          ? startWaterfall(world, jobs, call, spoil)
          : matchMany(world, call, spoil);
      if (path.startsWith('/webhook_result/')) return resultOf(jobs, path, call.nowMs);
      if (path === '/organizations/enrich') return enrichOrganization(world, call);
      if (path === '/mixed_people/api_search') return search(world, call);
      return error(404, 'Not found');
    },
  };
}

function askedIn(read: (name: string) => string | null) {
  return {
    email: read('email'),
    linkedinUrl: read('linkedin_url'),
    givenName: read('first_name'),
    familyName: read('last_name'),
    company: read('domain') ?? read('organization_name'),
  };
}

/** Nobody: an id all the same, and what was asked comes back. */
const stranger = (givenName: string | null, familyName: string | null) => ({
  id: 'sbx-unknown',
  first_name: givenName,
  last_name: familyName,
  title: null,
  email: null,
  email_status: null,
  linkedin_url: null,
  organization: null,
});

function personOf(found: KnownPerson): Record<string, unknown> {
  const { person, company, trap } = found;
  const organization = { name: company.name, primary_domain: company.domain };
  if (trap === 'empty_id') return { ...stranger(null, null), id: `ap_${person.key}` };
  return {
    id: `ap_${person.key}`,
    first_name: person.givenName,
    last_name: person.familyName,
    title: trap === null ? person.title : null,
    seniority: trap === null ? person.seniority : null,
    email: trap === 'masked' ? 'email_not_unlocked@domain.com' : person.email,
    email_status: trap === 'masked' ? 'unavailable' : 'verified',
    email_domain_catchall: company.isCatchAll,
    linkedin_url: trap === null ? person.linkedinUrl : null,
    organization:
      trap === null
        ? { ...organization, industry: company.industry, estimated_num_employees: company.employees }
        : organization,
  };
}

const chargeFor = (found: KnownPerson | null): VendorCharge[] =>
  found && found.trap !== 'empty_id'
    ? [{ capability: 'people-match', personKey: found.person.key, credits: 1 }]
    : [];

function matchOne(world: World, { query }: VendorCall, spoil: Spoil): VendorAnswer {
  const asked = askedIn((name) => query.get(name));
  const found = knownPerson(world, 'apollo', asked, spoil);
  const person = found ? personOf(found) : stranger(asked.givenName, asked.familyName);
  return { status: 200, body: { person, request_id: -5_625_285_838 }, charge: chargeFor(found) };
}

function detailsOf(world: World, { body }: VendorCall, spoil: Spoil): (KnownPerson | null)[] | null {
  const details = Array.isArray(body['details']) ? body['details'].map(recordIn) : [];
  if (details.length === 0 || details.length > 10) return null;
  return details.map((each) =>
    knownPerson(
      world,
      'apollo',
      askedIn((name) => textIn(each[name])),
      spoil,
    ),
  );
}

function matchMany(world: World, call: VendorCall, spoil: Spoil): VendorAnswer {
  const found = detailsOf(world, call, spoil);
  if (found === null) return error(422, 'details must hold 1 to 10 people');
  const charge = found.flatMap(chargeFor);
  return {
    status: 200,
    body: {
      status: 'success',
      matches: found.map((each) => (each ? personOf(each) : null)),
      credits_consumed: charge.length,
      missing_records: found.filter((each) => each === null).length,
    },
    charge,
  };
}

function startWaterfall(world: World, jobs: Map<string, Job>, call: VendorCall, spoil: Spoil): VendorAnswer {
  const found = detailsOf(world, call, spoil);
  if (found === null) return error(422, 'details must hold 1 to 10 people');
  const requestId = `-56252858382479${String(100_000 + jobs.size)}`;
  const people = found.filter((each) => each !== null);
  const results = people.map((each) => {
    const number = soldMobileOf(each);
    return {
      id: `ap_${each.person.key}`,
      emails: [emailOf(each)].filter((email) => email !== null).map((email) => ({ email })),
      phone_numbers: number === null ? [] : [{ sanitized_number: number, type_cd: 'mobile' }],
      credits: (emailOf(each) === null ? 0 : 1) + (number === null ? 0 : 7),
    };
  });
  const body = {
    status: 'success',
    credits_consumed: results.reduce((sum, { credits }) => sum + credits, 0),
    people: results.map(({ credits: _credits, ...result }) => result),
  };
  jobs.set(requestId, { readyMs: call.nowMs + WATERFALL_MS, body });
  const url = call.query.get('webhook_url');
  // Numbers beyond 2^53, unquoted: the text is put together by hand.
  const text = `{"request_id":${requestId},${JSON.stringify(body).slice(1)}`;
  return {
    status: 200,
    body: {
      request_id: requestId,
      waterfall: { status: 'accepted' },
      matches: found.map((each) => (each ? { ...personOf(each), email: null } : null)),
    },
    charge: results.flatMap(({ credits }, at): VendorCharge[] =>
      credits === 0
        ? []
        : [{ capability: 'people-waterfall', personKey: people[at]?.person.key ?? '', credits }],
    ),
    ...(url !== null && { callback: { url, body: text } }),
  };
}

function resultOf(jobs: Map<string, Job>, path: string, nowMs: number): VendorAnswer {
  const job = jobs.get(decodeURIComponent(path.slice('/webhook_result/'.length)));
  if (!job) return { status: 404, body: { error_code: 'request_id_unknown' } };
  if (job.readyMs > nowMs)
    return { status: 404, body: { error_code: 'result_pending', retry_after_seconds: 1 } };
  return { status: 200, body: job.body };
}

function enrichOrganization(world: World, { query }: VendorCall): VendorAnswer {
  const company = findCompany(world, query.get('domain') ?? '');
  if (!company) return { status: 200, body: { organization: null } };
  return {
    status: 200,
    body: {
      organization: {
        name: company.name,
        primary_domain: company.domain,
        industry: company.industry,
        estimated_num_employees: company.employees,
        organization_revenue: company.revenueUsd,
        city: company.city,
        state: company.region,
        country: company.country,
      },
    },
    charge: { capability: 'organization-enrich', personKey: company.key, credits: 1 },
  };
}

function search(world: World, { body }: VendorCall): VendorAnswer {
  const domains = Array.isArray(body['q_organization_domains_list'])
    ? body['q_organization_domains_list']
    : [];
  const titles = Array.isArray(body['person_titles'])
    ? body['person_titles'].map((title) => String(title).toLowerCase())
    : null;
  const company = findCompany(world, String(domains[0] ?? ''));
  const people = world.people.filter(
    (person) =>
      person.companyKey === company?.key &&
      (titles === null || titles.some((title) => person.title.toLowerCase().includes(title))),
  );
  return {
    status: 200,
    body: {
      total_entries: people.length,
      people: people.slice(0, 25).map((person) => ({
        id: `ap_${person.key}`,
        first_name: person.givenName,
        last_name_obfuscated: `${person.familyName.slice(0, 2)}***${person.familyName.slice(-1)}`,
        title: person.title,
        has_email: true,
      })),
    },
  };
}
