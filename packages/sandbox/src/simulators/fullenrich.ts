import { createHmac } from 'node:crypto';

import type { World } from '../world/world.ts';
import { knownPerson, recordIn, textIn } from './known-person.ts';
import type {
  Spoil,
  VendorAccount,
  VendorAnswer,
  VendorCall,
  VendorCharge,
  VendorSimulator,
} from './vendor.ts';

const failed = (status: 400 | 401 | 404 | 429, code: string, message: string): VendorAnswer => ({
  status,
  body: { code, message },
});

const REFUSALS = {
  bad_key: failed(401, 'error.unauthorized', 'Invalid API key (this sandbox takes sandbox_ keys only)'),
  no_credits: failed(400, 'error.enrichment.credits.insufficient', 'Not enough credits'),
  rate_limited: failed(429, 'error.rate_limit', 'Too many requests'),
};

const WORK_MS = 300;

type Job = {
  credential: string;
  readyMs: number;
  body: { id: string; status: string } & Record<string, unknown>;
};

/** Its own waterfall: handed in, and answered by callback or poll. It charges the same person as often as it is asked. */
export function fullEnrichSimulator(world: World): VendorSimulator {
  const jobs = new Map<string, Job>();
  return {
    vendor: 'fullenrich',
    host: 'app.fullenrich.com',
    keyIn: { bearer: true },
    limits: [{ requests: 60, windowMs: 60_000 }],
    refuse: (why) => REFUSALS[why],
    answer(call, spoil, account) {
      if (call.path === '/api/v2/account/credits')
        return { status: 200, body: { balance: account.creditsLeft } };
      if (call.method === 'POST' && call.path === '/api/v2/contact/enrich/bulk')
        return start(world, jobs, call, spoil, account);
      const id = call.path.startsWith('/api/v2/contact/enrich/bulk/')
        ? call.path.split('/').at(-1)
        : undefined;
      const job = jobs.get(id ?? '');
      if (!job || job.credential !== account.credential)
        return failed(404, 'error.enrichment.not_found', 'No such enrichment');
      return job.readyMs > call.nowMs
        ? { status: 200, body: { id, status: 'IN_PROGRESS', data: [] } }
        : { status: 200, body: job.body };
    },
  };
}

function start(
  world: World,
  jobs: Map<string, Job>,
  { body, nowMs }: VendorCall,
  spoil: Spoil,
  account: VendorAccount,
): VendorAnswer {
  const contacts = Array.isArray(body['data']) ? body['data'].map(recordIn) : [];
  if (contacts.length === 0 || contacts.length > 100)
    return failed(400, 'error.enrichment.size', 'data must hold 1 to 100 contacts');
  const results = contacts.map((contact) => resultOf(world, contact, spoil));
  const charge = results.flatMap((result) => result.charge);
  const id = `sbx-enrichment-${jobs.size + 1}`;
  const credits = charge.reduce((sum, each) => sum + each.credits, 0);
  const done = { id, status: 'FINISHED', cost: { credits }, data: results.map(({ data }) => data) };
  jobs.set(id, { credential: account.credential, readyMs: nowMs + WORK_MS, body: done });
  const url = textIn(body['webhook_url']);
  const text = JSON.stringify(done);
  const signature = createHmac('sha1', account.credential).update(text).digest('hex');
  return {
    status: 200,
    body: { enrichment_id: id },
    charge,
    ...(url !== null && { callback: { url, body: text, headers: { 'x-signature-sha1': signature } } }),
  };
}

function resultOf(
  world: World,
  contact: Record<string, unknown>,
  spoil: Spoil,
): { data: Record<string, unknown>; charge: VendorCharge[] } {
  const asked = {
    linkedinUrl: textIn(contact['linkedin_url']),
    givenName: textIn(contact['first_name']),
    familyName: textIn(contact['last_name']),
    company: textIn(contact['domain']) ?? textIn(contact['company_name']),
  };
  const wantsPhone =
    Array.isArray(contact['enrich_fields']) && contact['enrich_fields'].includes('contact.phones');
  const found = knownPerson(world, 'fullenrich', asked, spoil);
  const { custom } = contact;
  if (!found || found.trap !== null) return { data: { custom, contact_info: null }, charge: [] };
  const { person, company, known } = found;
  const number = known.mobile ? (person.mobile ?? person.landline) : null;
  const profile = {
    first_name: person.givenName,
    last_name: person.familyName,
    employment: { current: { title: person.title, company: { domain: company.domain } } },
  };
  const status = company.isCatchAll ? 'CATCH_ALL' : person.mailbox === 'open' ? 'DELIVERABLE' : 'INVALID';
  const info = wantsPhone
    ? { most_probable_phone: number === null ? null : { number, region: person.country } }
    : { most_probable_work_email: { email: person.email, status } };
  // Landlines and invalid addresses are shown and not charged.
  const credits = wantsPhone
    ? number !== null && person.mobile !== null
      ? 10
      : 0
    : status === 'INVALID'
      ? 0
      : 1;
  const capability = wantsPhone ? 'contact-phone' : 'contact-email';
  return {
    data: { custom, contact_info: info, profile },
    charge: credits === 0 ? [] : [{ capability, personKey: person.key, credits }],
  };
}
