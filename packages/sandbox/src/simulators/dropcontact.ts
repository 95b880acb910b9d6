import type { World } from '../world/world.ts';
import { sizeRange } from './find-person.ts';
import { knownPerson, recordIn, textIn } from './known-person.ts';
import type { KnownPerson } from './known-person.ts';
import type { Spoil, VendorAnswer, VendorCall, VendorCharge, VendorSimulator } from './vendor.ts';

const failed = (status: 401 | 403 | 400 | 404 | 429, reason: string): VendorAnswer => ({
  status,
  body: { error: true, success: false, reason },
});

const REFUSALS = {
  bad_key: failed(401, 'Invalid API key (this sandbox takes sandbox_ keys only)'),
  no_credits: failed(403, 'Not enough credits for the whole batch'),
  rate_limited: failed(429, 'Too many requests'),
};

const NOT_READY: VendorAnswer = {
  status: 200,
  body: { error: false, success: false, reason: 'Request not ready yet, try again in 30 seconds' },
};

/** How long working an address out takes here. */
const WORK_MS = 200;

type Job = { credential: string; readyMs: number; data: unknown[]; refunds: VendorCharge[] };

/** Submit and poll. A credit a record is taken at once, and given back, with the results, for those without an address. */
export function dropcontactSimulator(world: World): VendorSimulator {
  const jobs = new Map<string, Job>();
  return {
    vendor: 'dropcontact',
    host: 'api.dropcontact.com',
    keyIn: { header: 'x-access-token' },
    limits: [{ requests: 60, windowMs: 1_000 }],
    refuse: (why) => REFUSALS[why],
    answer(call, spoil, account) {
      if (call.method === 'POST' && call.path === '/v1/enrich/all')
        return submit(world, jobs, call, spoil, account);
      const id = call.path.startsWith('/v1/enrich/all/') ? call.path.split('/').at(-1) : undefined;
      if (id === undefined) return failed(404, 'Not found');
      const job = jobs.get(id);
      // Unknown and not ready sound the same.
      if (job === undefined || job.credential !== account.credential || job.readyMs > call.nowMs)
        return NOT_READY;
      const refunds = job.refunds.splice(0);
      const body = { error: false, success: true, data: job.data, credits_left: account.creditsLeft };
      return { status: 200, body, charge: refunds };
    },
  };
}

function submit(
  world: World,
  jobs: Map<string, Job>,
  { body, nowMs }: VendorCall,
  spoil: Spoil,
  account: { creditsLeft: number; credential: string },
): VendorAnswer {
  const given = Array.isArray(body['data']) ? body['data'].map(recordIn) : [];
  if (given.length === 0 || given.length > 250) return failed(400, 'data must hold 1 to 250 records');
  const records = given.filter((record) => Object.keys(record).length > 0);
  const results = records.map((record, at) => resultOf(world, record, `record-${jobs.size}-${at}`, spoil));
  const id = `sbx-request-${jobs.size + 1}`;
  jobs.set(id, {
    credential: account.credential,
    readyMs: nowMs + WORK_MS,
    data: results.map(({ data }) => data),
    refunds: results.flatMap(({ hasEmail, charge }) => (hasEmail ? [] : [{ ...charge, credits: -1 }])),
  });
  return {
    status: 200,
    body: { error: false, success: true, request_id: id, credits_left: account.creditsLeft - results.length },
    charge: results.map(({ charge }) => charge),
  };
}

function resultOf(world: World, record: Record<string, unknown>, key: string, spoil: Spoil) {
  const found = knownPerson(
    world,
    'dropcontact',
    {
      linkedinUrl: textIn(record['linkedin']),
      givenName: textIn(record['first_name']),
      familyName: textIn(record['last_name']),
      company: textIn(record['website']) ?? textIn(record['company']),
    },
    spoil,
  );
  // It verifies before it sells: gone mailboxes are misses.
  const hasEmail = found !== null && found.trap === null && found.person.mailbox === 'open';
  return {
    hasEmail,
    data: hasEmail ? dataOf(found) : { first_name: record['first_name'], last_name: record['last_name'] },
    charge: { capability: 'enrich', personKey: found?.person.key ?? key, credits: 1 },
  };
}

function dataOf({ person, company }: KnownPerson): Record<string, unknown> {
  return {
    first_name: person.givenName,
    last_name: person.familyName,
    website: company.domain,
    job: person.title,
    linkedin: person.linkedinUrl,
    nb_employees: sizeRange(company.employees),
    industry: company.industry,
    email: [
      { email: person.email, qualification: company.isCatchAll ? 'catch-all@pro' : 'nominative@pro' },
      { email: `info@${company.domain}`, qualification: 'generic@pro' },
    ],
  };
}
