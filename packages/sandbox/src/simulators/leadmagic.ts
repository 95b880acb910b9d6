import { knowledgeOf } from '../world/knowledge.ts';
import type { World } from '../world/world.ts';
import { findCompany, findPerson, sizeRange } from './find-person.ts';
import type { Asked } from './find-person.ts';
import { findEmployees } from './leadmagic-employees.ts';
import { detectJobChange } from './leadmagic-jobs.ts';
import type { MoveBook } from './move-book.ts';
import type { Spoil, VendorAnswer, VendorCall, VendorSimulator } from './vendor.ts';
import { verdictOf } from './verdict.ts';

const problem = (status: 400 | 401 | 402 | 404 | 429, title: string, code: string): VendorAnswer => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: { type: `https://leadmagic.example/problems/${code}`, title, status, code, message: title },
});

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** `POST /v1/people/…` and `GET /v1/credits`: 1 credit an address, 5 a mobile, 0.25 a validation, nothing for a miss. */
export function leadMagicSimulator(world: World, moves: MoveBook): VendorSimulator {
  return {
    vendor: 'leadmagic',
    host: 'api.leadmagic.io',
    keyIn: { header: 'x-api-key' },
    limits: [{ requests: 300, windowMs: 60_000 }],
    refuse: (why) =>
      ({
        bad_key: problem(401, 'Invalid API key (this sandbox takes sandbox_ keys only)', 'unauthorized'),
        no_credits: problem(402, 'Insufficient credits', 'insufficient_credits'),
        rate_limited: problem(429, 'Too many requests', 'rate_limit_exceeded'),
      })[why],
    answer(call, spoil, account) {
      const route = `${call.method} ${call.path}`;
      if (route === 'GET /v1/credits' || route === 'POST /credits') {
        return {
          status: 200,
          body: {
            credits: account.creditsLeft,
            is_frozen: false,
            credits_frozen: 0,
            credits_liquid: account.creditsLeft,
          },
        };
      }
      if (route === 'POST /v1/people/email-finder') return findEmail(world, call, spoil);
      if (route === 'POST /v1/people/mobile-finder') return findMobile(world, call, spoil);
      if (route === 'POST /v1/people/email-validation') return validate(world, call);
      if (route === 'POST /v1/people/job-change-detector')
        return (
          detectJobChange(world, moves, call.body) ??
          problem(400, 'profile_url and company_domain or company_name are required', 'bad_request')
        );
      if (route === 'POST /v1/people/employee-finder')
        return findEmployees(world, call.body) ?? problem(400, 'company_name is required', 'bad_request');
      if (route === 'POST /v1/companies/company-search') return findOneCompany(world, call);
      return problem(404, 'Not found', 'not_found');
    },
  };
}

function findEmail(world: World, { body }: VendorCall, spoil: Spoil): VendorAnswer {
  const asked: Asked = {
    givenName: text(body['first_name']),
    familyName: text(body['last_name']),
    company: text(body['domain']) ?? text(body['company_name']),
  };
  if (!asked.givenName || !asked.familyName || !asked.company)
    return problem(400, 'first_name, last_name and domain are required', 'bad_request');
  const found = findPerson(world, asked);
  const known = found ? knowledgeOf('leadmagic', found.person) : null;
  const nothing = {
    email: null,
    status: 'not_found',
    credits_consumed: 0,
    message: 'Email not found.',
    first_name: asked.givenName,
    last_name: asked.familyName,
  };
  if (!found || !known?.email) return { status: 200, body: nothing };
  const { person, company } = found;
  const charge = { capability: 'email-finder', personKey: person.key, credits: 1 };
  const trap = spoil ?? known.trap;
  const paid = { ...nothing, status: 'valid', credits_consumed: 1, message: 'Valid email found.' };
  if (trap === 'empty_id') return { status: 200, body: { ...paid, email: '' }, charge };
  if (trap === 'masked')
    return {
      status: 200,
      body: { ...paid, email: `${person.email[0] ?? ''}*****@${company.domain}` },
      charge,
    };
  return {
    status: 200,
    body: {
      ...paid,
      email: person.email,
      status: company.isCatchAll ? 'valid_catch_all' : 'valid',
      first_name: person.givenName,
      last_name: person.familyName,
      domain: company.domain,
      is_domain_catch_all: company.isCatchAll,
      mx_provider: 'Other',
      company_name: company.name,
      company_industry: company.industry,
      company_size: sizeRange(company.employees),
      company_founded: company.foundedYear,
    },
    charge,
  };
}

function findMobile(world: World, { body }: VendorCall, spoil: Spoil): VendorAnswer {
  const asked: Asked = { email: text(body['work_email']), linkedinUrl: text(body['profile_url']) };
  if (!asked.email && !asked.linkedinUrl)
    return problem(400, 'profile_url or work_email is required', 'bad_request');
  const found = findPerson(world, asked);
  const known = found ? knowledgeOf('leadmagic', found.person) : null;
  // Trap: it also sells a desk phone as a mobile.
  const number = found && known?.mobile ? (found.person.mobile ?? found.person.landline) : null;
  if (!found || number === null)
    return { status: 200, body: { message: 'mobile not found', credits_consumed: 0, mobile_number: null } };
  const sold = spoil === 'empty_id' ? '' : spoil === 'masked' ? `${number.slice(0, -4)}****` : number;
  return {
    status: 200,
    body: { message: 'Mobile found', credits_consumed: 5, mobile_number: sold },
    charge: { capability: 'mobile-finder', personKey: found.person.key, credits: 5 },
  };
}

const STATUS = { valid: 'valid', catch_all: 'catch_all', invalid: 'invalid', unknown: 'unknown' } as const;

function validate(world: World, { body }: VendorCall): VendorAnswer {
  const email = text(body['email'])?.toLowerCase();
  if (!email) return problem(400, 'email is required', 'bad_request');
  const { verdict, personKey } = verdictOf(world, email);
  const credits = verdict === 'unknown' ? 0 : 0.25;
  const answer = {
    status: 200,
    body: {
      email,
      email_status: STATUS[verdict],
      credits_consumed: credits,
      message: `Email is ${verdict}.`,
    },
  } as const;
  return credits === 0
    ? answer
    : { ...answer, charge: { capability: 'email-validation', personKey, credits } };
}

/** Field names of this endpoint are in camel case. */
function findOneCompany(world: World, { body }: VendorCall): VendorAnswer {
  const asked = text(body['company_domain']) ?? text(body['company_name']);
  if (asked === null) return problem(400, 'company_domain or company_name is required', 'bad_request');
  const company = findCompany(world, asked);
  if (!company) return { status: 200, body: { credits_consumed: 0, message: 'Company not found.' } };
  return {
    status: 200,
    body: {
      credits_consumed: 1,
      message: 'Company found.',
      companyName: company.name,
      companyDomain: company.domain,
      industry: company.industry,
      employeeCount: company.employees,
      employeeRange: sizeRange(company.employees),
      headquarter: { city: company.city, region: company.region, country: company.country },
    },
    charge: { capability: 'company-search', personKey: company.key, credits: 1 },
  };
}
