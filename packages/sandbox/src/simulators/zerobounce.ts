import type { World } from '../world/world.ts';
import type { VendorAnswer, VendorSimulator } from './vendor.ts';
import { verdictOf } from './verdict.ts';
import type { Verdict } from './verdict.ts';

const ok = (body: unknown): VendorAnswer => ({ status: 200, body });

/** Two things in one sentence, with HTTP 200: the vendor's own words. */
const KEY_OR_CREDITS = ok({ error: 'Invalid API key or your account ran out of credits' });

const WORDS: Record<Verdict, { status: string; sub_status: string }> = {
  valid: { status: 'valid', sub_status: '' },
  invalid: { status: 'invalid', sub_status: 'mailbox_not_found' },
  catch_all: { status: 'catch-all', sub_status: '' },
  unknown: { status: 'unknown', sub_status: 'mail_server_did_not_respond' },
};

/** `GET /v2/validate` (a credit for a verdict, `unknown` is free) and `GET /v2/getcredits`. */
export function zeroBounceSimulator(world: World): VendorSimulator {
  return {
    vendor: 'zerobounce',
    host: 'api.zerobounce.net',
    keyIn: { query: 'api_key' },
    limits: [{ requests: 80_000, windowMs: 10_000 }],
    refuse(why, path) {
      if (why === 'rate_limited') return { status: 429, body: { error: 'Too many requests' } };
      return why === 'bad_key' && path === '/v2/getcredits' ? ok({ Credits: '-1' }) : KEY_OR_CREDITS;
    },
    answer({ path, query }, _spoil, account) {
      if (path === '/v2/getcredits') return ok({ Credits: String(account.creditsLeft) });
      const email = query.get('email')?.toLowerCase();
      if (path !== '/v2/validate') return { status: 404, body: { error: 'Not found' } };
      if (!email) return ok({ error: 'Missing parameter: email' });
      const { verdict, personKey } = verdictOf(world, email);
      const person = world.personByEmail.get(email);
      const answer = ok({
        address: email,
        ...WORDS[verdict],
        free_email: false,
        did_you_mean: null,
        account: email.split('@')[0],
        domain: email.split('@')[1],
        mx_found: verdict === 'unknown' ? 'False' : 'True',
        firstname: person?.givenName ?? null,
        lastname: person?.familyName ?? null,
        processed_at: '2026-01-02 03:04:05.678',
      });
      return verdict === 'unknown'
        ? answer
        : { ...answer, charge: { capability: 'validate', personKey, credits: 1 } };
    },
  };
}
