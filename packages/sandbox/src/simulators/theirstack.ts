import type { World } from '../world/world.ts';
import { findCompany } from './find-person.ts';
import type { HappeningBook } from './happenings.ts';
import { textIn } from './known-person.ts';
import type { VendorAnswer, VendorSimulator } from './vendor.ts';

const problem = (status: 401 | 402 | 404 | 422 | 429, title: string): VendorAnswer => ({
  status,
  body: { request_id: null, error: { code: `E-${status}`, title, description: title } },
});

/** `jobs/search`: a credit for each job returned, again each time; `companies/technologies`: 3 for a list, nothing for an empty one. */
export function theirStackSimulator(world: World, happenings: HappeningBook): VendorSimulator {
  return {
    vendor: 'theirstack',
    host: 'api.theirstack.com',
    keyIn: { bearer: true },
    limits: [{ requests: 4, windowMs: 1_000 }],
    refuse: (why) =>
      ({
        bad_key: problem(401, 'Not authenticated'),
        no_credits: problem(402, 'Not enough credits'),
        rate_limited: problem(429, 'Too many requests'),
      })[why],
    answer(call, _spoil, account) {
      const route = `${call.method} ${call.path}`;
      if (route === 'GET /v0/billing/credit-balance')
        return { status: 200, body: { api_credits: account.creditsLeft, used_api_credits: 0 } };
      if (route === 'POST /v1/jobs/search') return jobs(world, happenings, call.body);
      if (route === 'POST /v1/companies/technologies') return technologies(world, happenings, call.body);
      return problem(404, 'Not found');
    },
  };
}

/** Days, and moments without a zone, are UTC. */
const momentIn = (value: unknown): Date => {
  const text = textIn(value);
  if (text === null) return new Date(0);
  return new Date(
    /T.*(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}${text.includes('T') ? '' : 'T00:00:00'}Z`,
  );
};

function jobs(world: World, happenings: HappeningBook, body: Record<string, unknown>): VendorAnswer {
  const domains = Array.isArray(body['company_domain_or']) ? body['company_domain_or'].map(String) : [];
  if (domains.length === 0 && body['posted_at_max_age_days'] === undefined)
    return problem(422, 'one of posted_at_max_age_days, posted_at_gte, company_domain_or is required');
  const limit = Number(body['limit'] ?? 25);
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) return problem(422, 'limit must be 1 to 500');
  const offset = Number(body['offset'] ?? 0);
  const all = domains.flatMap((domain) =>
    happenings.since(domain, 'opening', momentIn(body['discovered_at_gte'])),
  );
  const page = all.slice(offset, offset + limit);
  return {
    status: 200,
    body: {
      metadata: { total_results: null, truncated_results: 0 },
      data: page.map(({ id, domain, title, city, country, at }) => ({
        id,
        job_title: title,
        url: `https://theirstack.example/jobs/${id}`,
        final_url: `https://${domain}/careers/${id}`,
        location: city ?? null,
        country_code: country ?? null,
        country_codes: country === undefined ? [] : [country],
        date_posted: at.toISOString().slice(0, 10),
        discovered_at: at.toISOString().slice(0, 19),
        company_object: { domain, name: findCompany(world, domain)?.name ?? domain },
      })),
    },
    charge: page.map(({ domain, id }) => ({ capability: 'jobs', personKey: `${domain}/${id}`, credits: 1 })),
  };
}

function technologies(world: World, happenings: HappeningBook, body: Record<string, unknown>): VendorAnswer {
  const domain = textIn(body['company_domain']);
  if (domain === null)
    return problem(422, 'company_domain, company_name or company_linkedin_url is required');
  const found = happenings.since(domain, 'technology', momentIn(body['first_date_found_gte']));
  return {
    status: 200,
    body: {
      metadata: { total_results: null },
      data: found.map(({ name, at }) => ({
        technology: { name, slug: name.toLowerCase().replaceAll(/\W+/g, '-'), category: 'Tools' },
        confidence: 'high',
        jobs: 2,
        first_date_found: at.toISOString().slice(0, 10),
        last_date_found: at.toISOString().slice(0, 10),
        company_name: findCompany(world, domain)?.name ?? domain,
      })),
    },
    ...(found.length > 0 && { charge: { capability: 'technologies', personKey: domain, credits: 3 } }),
  };
}
