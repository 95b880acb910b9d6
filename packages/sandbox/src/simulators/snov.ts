import type { World } from '../world/world.ts';
import { knownPerson, recordIn, textIn } from './known-person.ts';
import type { Spoil, VendorAnswer, VendorCall, VendorCharge, VendorSimulator } from './vendor.ts';
import { verdictOf } from './verdict.ts';

const failed = (status: 401 | 402 | 404 | 422 | 429, message: string): VendorAnswer => ({
  status,
  body: { success: false, message },
});

const REFUSALS = {
  bad_key: failed(401, 'Unauthenticated (this sandbox takes sandbox_ keys only)'),
  no_credits: failed(402, 'You have ran out of credits'),
  rate_limited: failed(429, 'Too Many Attempts'),
};

const WORK_MS = 100;

type Job = { readyMs: number; data: unknown[] };

/** Start and result of everything; valid and unknown addresses are a credit each. */
export function snovSimulator(world: World): VendorSimulator {
  const jobs = new Map<string, Job>();
  return {
    vendor: 'snov',
    host: 'api.snov.io',
    keyIn: { oauth: '/v1/oauth/access_token' },
    limits: [{ requests: 60, windowMs: 60_000 }],
    refuse: (why) => REFUSALS[why],
    answer(call, spoil, { creditsLeft }) {
      const { path, query, nowMs } = call;
      if (path === '/v1/get-balance')
        return { status: 200, body: { success: true, data: { balance: creditsLeft.toFixed(2) } } };
      if (path === '/v2/emails-by-domain-by-name/start') return findStart(world, jobs, call, spoil);
      if (path === '/v2/email-verification/start') return verifyStart(world, jobs, call);
      if (!path.endsWith('/result')) return failed(404, 'Not found');
      const job = jobs.get(query.get('task_hash') ?? '');
      if (job === undefined) return failed(422, 'task_hash is not valid');
      return job.readyMs > nowMs
        ? { status: 200, body: { status: 'in_progress', data: [] } }
        : { status: 200, body: { status: 'completed', data: job.data } };
    },
  };
}

function started(
  jobs: Map<string, Job>,
  nowMs: number,
  data: unknown[],
  charge: VendorCharge[],
): VendorAnswer {
  const hash = `sbxtask${jobs.size + 1}`;
  jobs.set(hash, { readyMs: nowMs + WORK_MS, data });
  return { status: 202, body: { data: { task_hash: hash }, meta: {} }, charge };
}

function findStart(
  world: World,
  jobs: Map<string, Job>,
  { body, nowMs }: VendorCall,
  spoil: Spoil,
): VendorAnswer {
  const rows = Array.isArray(body['rows']) ? body['rows'].map(recordIn) : [];
  if (rows.length === 0 || rows.length > 10) return failed(422, 'rows must hold 1 to 10 people');
  const results = rows.map((row) => {
    const givenName = textIn(row['first_name']);
    const familyName = textIn(row['last_name']);
    const found = knownPerson(
      world,
      'snov',
      { givenName, familyName, company: textIn(row['domain']) },
      spoil,
    );
    const people = `${givenName ?? ''} ${familyName ?? ''}`.trim();
    if (!found || found.trap !== null) return { data: { people, result: [] }, charge: [] };
    const smtp_status = found.company.isCatchAll ? 'unknown' : 'valid';
    return {
      data: { people, result: [{ email: found.person.email, smtp_status, is_valid_format: true }] },
      charge: [{ capability: 'email-by-name', personKey: found.person.key, credits: 1 }],
    };
  });
  return started(
    jobs,
    nowMs,
    results.map(({ data }) => data),
    results.flatMap(({ charge }) => charge),
  );
}

function verifyStart(world: World, jobs: Map<string, Job>, { body, nowMs }: VendorCall): VendorAnswer {
  const emails = Array.isArray(body['emails'])
    ? body['emails'].map((email) => String(email).toLowerCase())
    : [];
  if (emails.length === 0 || emails.length > 10) return failed(422, 'emails must hold 1 to 10 addresses');
  const results = emails.map((email) => ({ email, ...verdictOf(world, email) }));
  const words = { valid: 'valid', invalid: 'not_valid', catch_all: 'unknown', unknown: 'unknown' } as const;
  return started(
    jobs,
    nowMs,
    results.map(({ email, verdict }) => ({
      email,
      result: {
        smtp_status: words[verdict],
        unknown_status_reason:
          verdict === 'catch_all' ? 'catchall' : verdict === 'unknown' ? 'hidden_by_owner' : '',
        is_disposable: false,
      },
    })),
    results.map(({ personKey }) => ({ capability: 'email-verification', personKey, credits: 1 })),
  );
}
