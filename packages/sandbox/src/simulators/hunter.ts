import type { World } from '../world/world.ts';
import { findCompany } from './find-person.ts';
import { emailOf, knownPerson } from './known-person.ts';
import type { Spoil, VendorAccount, VendorAnswer, VendorCall, VendorSimulator } from './vendor.ts';
import { verdictOf } from './verdict.ts';
import type { Verdict } from './verdict.ts';

const error = (status: 400 | 401 | 403 | 404 | 429, id: string, details: string): VendorAnswer => ({
  status,
  body: { errors: [{ id, code: status, details }] },
});

/** 403 asks to slow down and 429 says that the plan is used up: the other way round than elsewhere. */
const REFUSALS = {
  bad_key: error(401, 'authentication_failed', 'No user found for the API key supplied (sandbox_ keys only)'),
  no_credits: error(429, 'too_many_requests', 'You have exceeded the usage quota of your plan'),
  rate_limited: error(403, 'rate_limit', 'You have reached the rate limit'),
};

/** `GET /v2/…`: a credit for an address, half a one for a verdict, nothing for a miss. */
export function hunterSimulator(world: World): VendorSimulator {
  return {
    vendor: 'hunter',
    host: 'api.hunter.io',
    keyIn: { header: 'x-api-key' },
    limits: [
      { requests: 15, windowMs: 1_000, path: '/v2/email-finder' },
      { requests: 500, windowMs: 60_000, path: '/v2/email-finder' },
      { requests: 10, windowMs: 1_000, path: '/v2/email-verifier' },
      { requests: 300, windowMs: 60_000, path: '/v2/email-verifier' },
    ],
    refuse: (why) => REFUSALS[why],
    answer(call, spoil, account) {
      if (call.path === '/v2/account') return accountOf(account);
      if (call.path === '/v2/email-finder') return findEmail(world, call, spoil);
      if (call.path === '/v2/email-verifier') return verify(world, call);
      if (call.path === '/v2/domain-search') return searchDomain(world, call);
      if (call.path === '/v2/companies/find') return findOneCompany(world, call);
      return error(404, 'not_found', 'No such resource');
    },
  };
}

const accountOf = ({ creditsLeft }: VendorAccount): VendorAnswer => ({
  status: 200,
  body: { data: { plan_name: 'Starter', requests: { credits: { used: 0, available: creditsLeft } } } },
});

function findEmail(world: World, { query }: VendorCall, spoil: Spoil): VendorAnswer {
  const asked = {
    givenName: query.get('first_name'),
    familyName: query.get('last_name'),
    company: query.get('domain') ?? query.get('company'),
  };
  if (!asked.givenName || !asked.familyName || !asked.company)
    return error(400, 'wrong_params', 'domain or company, first_name and last_name are required');
  const found = knownPerson(world, 'hunter', asked, spoil);
  const names = { first_name: asked.givenName, last_name: asked.familyName };
  if (!found) return { status: 200, body: { data: { ...names, email: null, score: null }, meta: {} } };
  const { person, company } = found;
  return {
    status: 200,
    body: {
      data: {
        first_name: person.givenName,
        last_name: person.familyName,
        email: emailOf(found) ?? '',
        score: company.isCatchAll ? 62 : 97,
        domain: company.domain,
        accept_all: company.isCatchAll,
        position: found.trap === 'empty_id' ? null : person.title,
        linkedin_url: found.trap === 'empty_id' ? null : person.linkedinUrl,
        company: company.name,
        verification: { status: company.isCatchAll ? 'accept_all' : 'valid', date: null },
      },
      meta: {},
    },
    charge: { capability: 'email-finder', personKey: person.key, credits: 1 },
  };
}

const STATUS: Record<Verdict, string> = {
  valid: 'valid',
  invalid: 'invalid',
  catch_all: 'accept_all',
  unknown: 'unknown',
};

function verify(world: World, { query }: VendorCall): VendorAnswer {
  const email = query.get('email')?.toLowerCase();
  if (!email) return error(400, 'wrong_params', 'email is required');
  const { verdict, personKey } = verdictOf(world, email);
  return {
    status: 200,
    body: {
      data: {
        email,
        status: STATUS[verdict],
        result: 'risky',
        score: 50,
        accept_all: verdict === 'catch_all',
      },
      meta: {},
    },
    charge: { capability: 'email-verifier', personKey, credits: 0.5 },
  };
}

function searchDomain(world: World, { query }: VendorCall): VendorAnswer {
  const company = findCompany(world, query.get('domain') ?? query.get('company') ?? '');
  const people = company
    ? world.people.filter(
        (person) =>
          person.companyKey === company.key &&
          knownPerson(world, 'hunter', { email: person.email }, null)?.trap === null,
      )
    : [];
  const emails = people.slice(0, Number(query.get('limit') ?? 10)).map((person) => ({
    value: person.email,
    type: 'personal',
    first_name: person.givenName,
    last_name: person.familyName,
    position: person.title,
    linkedin: person.linkedinUrl,
  }));
  const body = { data: { domain: company?.domain ?? null, emails }, meta: { results: people.length } };
  return emails.length === 0
    ? { status: 200, body }
    : {
        status: 200,
        body,
        charge: { capability: 'domain-search', personKey: company?.key ?? '', credits: 1 },
      };
}

function findOneCompany(world: World, { query }: VendorCall): VendorAnswer {
  const company = findCompany(world, query.get('domain') ?? '');
  if (!company) return error(404, 'not_found', 'No company found');
  return {
    status: 200,
    body: {
      data: {
        domain: company.domain,
        location: `${company.city}, ${company.region}, ${company.country}`,
        category: { industry: company.industry },
        metrics: { employees: String(company.employees) },
        tech: [],
      },
    },
    charge: { capability: 'company-find', personKey: company.key, credits: 0.2 },
  };
}
