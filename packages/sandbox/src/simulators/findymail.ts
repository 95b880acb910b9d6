import type { World } from '../world/world.ts';
import { findCompany, sizeRange } from './find-person.ts';
import { emailOf, knownPerson, soldMobileOf, splitName, textIn } from './known-person.ts';
import type { Spoil, VendorAnswer, VendorCall, VendorSimulator } from './vendor.ts';
import { verdictOf } from './verdict.ts';

const error = (status: 401 | 402 | 404 | 422 | 429, message: string): VendorAnswer => ({
  status,
  body: { error: message },
});

const REFUSALS = {
  bad_key: error(401, 'Unauthenticated (this sandbox takes sandbox_ keys only)'),
  no_credits: error(402, 'Not enough credits'),
  rate_limited: error(429, 'Too many requests'),
};

/** `POST /api/search/…`: only verified addresses, a credit each; a phone is ten. */
export function findymailSimulator(world: World): VendorSimulator {
  return {
    vendor: 'findymail',
    host: 'app.findymail.com',
    keyIn: { bearer: true },
    limits: [{ requests: 300, windowMs: 60_000 }],
    refuse: (why) => REFUSALS[why],
    answer(call, spoil, { creditsLeft }) {
      if (call.path === '/api/credits') return { status: 200, body: { credits: creditsLeft } };
      if (call.path === '/api/search/name' || call.path === '/api/search/linkedin')
        return findContact(world, call, spoil);
      if (call.path === '/api/search/phone') return findPhone(world, call, spoil);
      if (call.path === '/api/verify') return verify(world, call);
      if (call.path === '/api/search/company') return findOneCompany(world, call);
      if (call.path === '/api/search/employees') return findEmployees(world, call);
      return error(404, 'Not found');
    },
  };
}

function findContact(world: World, { body, path }: VendorCall, spoil: Spoil): VendorAnswer {
  const linkedinUrl = textIn(body['linkedin_url']);
  const name = textIn(body['name']);
  const company = textIn(body['domain']);
  if (linkedinUrl === null && (name === null || company === null))
    return error(422, 'The name and domain fields are required');
  const found = knownPerson(world, 'findymail', { linkedinUrl, company, ...splitName(name) }, spoil);
  // What it can't verify it doesn't return: mailboxes that are gone are misses.
  if (!found || found.person.mailbox === 'gone') return { status: 200, body: { contact: null } };
  const { person } = found;
  return {
    status: 200,
    body: {
      contact: {
        name: `${person.givenName} ${person.familyName}`,
        domain: found.company.domain,
        email: emailOf(found),
        company: found.company.name,
        job_title: person.title,
        linkedin_url: person.linkedinUrl,
      },
    },
    ...(emailOf(found) !== null && {
      charge: { capability: path.slice('/api/'.length).replace('/', '-'), personKey: person.key, credits: 1 },
    }),
  };
}

function findPhone(world: World, { body }: VendorCall, spoil: Spoil): VendorAnswer {
  const linkedinUrl = textIn(body['linkedin_url']);
  if (linkedinUrl === null) return error(422, 'The linkedin_url field is required');
  const found = knownPerson(world, 'findymail', { linkedinUrl }, spoil);
  const phone = found ? soldMobileOf(found) : null;
  if (!found || phone === null) return { status: 200, body: { phone: null, line_type: null } };
  return {
    status: 200,
    body: { phone, line_type: found.person.mobile === null ? 'landline' : 'mobile' },
    charge: { capability: 'search-phone', personKey: found.person.key, credits: 10 },
  };
}

function verify(world: World, { body }: VendorCall): VendorAnswer {
  const email = textIn(body['email'])?.toLowerCase();
  if (!email) return error(422, 'The email field is required');
  const { verdict, personKey } = verdictOf(world, email);
  return {
    status: 200,
    body: { email, verified: verdict === 'valid', provider: 'Other' },
    charge: { capability: 'verify', personKey, credits: 1 },
  };
}

function findOneCompany(world: World, { body }: VendorCall): VendorAnswer {
  const company = findCompany(world, textIn(body['domain']) ?? '');
  if (!company) return error(404, 'Company not found');
  return {
    status: 200,
    body: {
      name: company.name,
      domain: company.domain,
      company_size: sizeRange(company.employees),
      industry: company.industry,
      city: company.city,
      region: company.region,
      country: company.country,
    },
    charge: { capability: 'search-company', personKey: company.key, credits: 1 },
  };
}

function findEmployees(world: World, { body }: VendorCall): VendorAnswer {
  const company = findCompany(world, textIn(body['website']) ?? '');
  const titles = Array.isArray(body['job_titles']) ? body['job_titles'].map(String) : [];
  if (!company || titles.length === 0) return error(422, 'The website and job_titles fields are required');
  const people = world.people
    .filter(
      (person) =>
        person.companyKey === company.key &&
        titles.some((title) => person.title.toLowerCase().includes(title.toLowerCase())),
    )
    .slice(0, Number(body['count'] ?? 1));
  return {
    status: 200,
    body: people.map((person) => ({
      name: `${person.givenName} ${person.familyName}`,
      jobTitle: person.title,
      linkedinUrl: person.linkedinUrl,
      companyName: company.name,
      companyWebsite: company.domain,
    })),
    ...(people.length > 0 && {
      charge: { capability: 'search-employees', personKey: company.key, credits: people.length },
    }),
  };
}
