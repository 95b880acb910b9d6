import { createHmac } from 'node:crypto';

import { z } from 'zod';

import { knowledgeOf } from '../world/knowledge.ts';
import type { World } from '../world/world.ts';
import { findCompany } from './find-person.ts';
import { emailOf, knownPerson, soldMobileOf, splitName } from './known-person.ts';
import type { KnownPerson } from './known-person.ts';
import type { Spoil, VendorAccount, VendorAnswer, VendorCall, VendorSimulator } from './vendor.ts';

const failed = (status: 401 | 402 | 404 | 429, detail: string): VendorAnswer => ({
  status,
  body: { detail },
  ...(status === 429 && { headers: { 'retry-after': '5' } }),
});

const REFUSALS = {
  bad_key: failed(401, 'Invalid API key (this sandbox takes sandbox_ keys only)'),
  no_credits: failed(402, 'No lookups remaining'),
  rate_limited: failed(429, 'Request was throttled'),
};

const SEARCH_MS = 200;

type Lookup = { readyMs: number; profile: Record<string, unknown> };

/** Secret under which the sandbox signs callbacks, as the vendor's settings would show it. */
export const ROCKETREACH_WEBHOOK_SECRET = 'sandbox_rocketreach_secret';

/** `GET /person/lookup` starts a search, `/person/checkStatus` tells; the same again is free. */
export function rocketReachSimulator(world: World): VendorSimulator {
  const lookups = new Map<string, Lookup>();
  return {
    vendor: 'rocketreach',
    host: 'api.rocketreach.co',
    keyIn: { header: 'api-key' },
    limits: [
      { requests: 10, windowMs: 1_000 },
      { requests: 15, windowMs: 60_000, path: '/api/v2/person/lookup' },
      { requests: 15, windowMs: 60_000, path: '/api/v2/person/search' },
    ],
    refuse: (why) => REFUSALS[why],
    answer(call, spoil, account) {
      const path = call.path.replace('/api/v2', '').replace(/\/$/, '');
      if (path === '/person/lookup') return startLookup(world, lookups, call, spoil, account);
      if (path === '/person/checkStatus') return statusOf(lookups, call);
      if (path === '/company/lookup') return lookUpCompany(world, call);
      if (call.method === 'POST' && path === '/person/search') return searchPeople(world, call);
      if (path === '/account')
        return {
          status: 200,
          body: { credit_usage: [{ credit_type: 'premium_lookup', remaining: account.creditsLeft }] },
        };
      return failed(404, 'Not found');
    },
  };
}

function startLookup(
  world: World,
  lookups: Map<string, Lookup>,
  { query, nowMs }: VendorCall,
  spoil: Spoil,
  account: VendorAccount,
): VendorAnswer {
  const asked = {
    email: query.get('email'),
    linkedinUrl: query.get('linkedin_url'),
    company: query.get('current_employer'),
    ...splitName(query.get('name')),
  };
  const withPhones = query.get('lookup_type') === 'premium';
  const capability = withPhones ? 'person-lookup-phone' : 'person-lookup';
  const found = knownPerson(world, 'rocketreach', asked, spoil);
  const id = 5_000_000 + lookups.size;
  const profile = found ? profileOf(found, id, withPhones) : { id, status: 'failed' };
  lookups.set(String(id), { readyMs: nowMs + SEARCH_MS, profile });
  const isSold =
    found !== null && found.trap !== 'empty_id' && !account.hasPaid(capability, found.person.key);
  const webhook = query.get('webhook_id');
  const body = JSON.stringify(profile);
  return {
    status: 200,
    body: { id, status: 'searching', name: query.get('name') },
    ...(isSold && { charge: { capability, personKey: found.person.key, credits: 1 } }),
    // Callbacks are registered in the vendor's settings; the sandbox takes the address for the id.
    ...(webhook !== null && {
      callback: {
        url: webhook,
        body,
        headers: {
          'rr-request-id': String(id),
          'x-rocketreach-signature': createHmac('sha256', ROCKETREACH_WEBHOOK_SECRET)
            .update(body)
            .digest('base64'),
        },
      },
    }),
  };
}

function profileOf(found: KnownPerson, id: number, withPhones: boolean): Record<string, unknown> {
  const { person, company } = found;
  const email = emailOf(found);
  const mobile = soldMobileOf(found);
  const base = {
    id,
    status: 'complete',
    name: `${person.givenName} ${person.familyName}`,
    current_employer_domain: company.domain,
    emails: email === null ? [] : [{ email, type: 'professional', grade: 'A', smtp_valid: 'valid' }],
    phones: withPhones && mobile !== null ? [{ number: mobile, type: 'mobile', validity: 'valid' }] : [],
  };
  if (found.trap !== null) return base;
  return {
    ...base,
    linkedin_url: person.linkedinUrl,
    current_title: person.title,
    location: `${company.city}, ${company.region}, ${company.country}`,
    // A guess that costs nothing, and bounces.
    emails: [
      ...base.emails,
      { email: `contact@${company.domain}`, type: 'professional', grade: 'F', smtp_valid: 'invalid' },
    ],
  };
}

function statusOf(lookups: Map<string, Lookup>, { query, nowMs }: VendorCall): VendorAnswer {
  const ids = (query.get('ids') ?? '').split(',');
  const body = ids.flatMap((id) => {
    const lookup = lookups.get(id);
    if (lookup === undefined) return [];
    return [lookup.readyMs > nowMs ? { id: Number(id), status: 'progress' } : lookup.profile];
  });
  return { status: 200, body };
}

function lookUpCompany(world: World, { query }: VendorCall): VendorAnswer {
  const company = findCompany(world, query.get('domain') ?? query.get('name') ?? '');
  if (!company) return failed(404, 'Company not found');
  return {
    status: 200,
    body: {
      name: company.name,
      domain: company.domain,
      industry: company.industry,
      num_employees: company.employees,
      revenue: company.revenueUsd,
      address: { city: company.city, region: company.region, country_code: company.country },
    },
    charge: { capability: 'company-lookup', personKey: company.key, credits: 1 },
  };
}

const SearchQuery = z.object({
  query: z.object({
    current_employer: z.array(z.string()).min(1),
    current_title: z.array(z.string()).optional(),
  }),
  page_size: z.number().int().min(1).max(100).default(10),
});

/** `POST /person/search` names people without their addresses, and costs nothing. */
function searchPeople(world: World, { body }: VendorCall): VendorAnswer {
  const asked = SearchQuery.safeParse(body);
  if (!asked.success) return { status: 400, body: { detail: 'query is required' } };
  const { query, page_size: size } = asked.data;
  const company = findCompany(world, query.current_employer[0] ?? '');
  const fitting = world.people.filter(
    (person) =>
      person.companyKey === company?.key &&
      knowledgeOf('rocketreach', person).email &&
      (query.current_title ?? [person.title]).some((title) =>
        person.title.toLowerCase().includes(title.toLowerCase()),
      ),
  );
  return {
    status: 200,
    body: {
      pagination: { start: 1, next: fitting.length > size ? size + 1 : null, total: fitting.length },
      profiles: fitting.slice(0, size).map((person, at) => ({
        id: 7_000_000 + at,
        status: 'complete',
        name: `${person.givenName} ${person.familyName}`,
        current_title: person.title,
        current_employer: company?.name,
        current_employer_domain: company?.domain,
        linkedin_url: person.linkedinUrl,
      })),
    },
  };
}
