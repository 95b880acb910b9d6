import type { World } from '../world/world.ts';
import type { VendorAnswer, VendorSimulator } from './vendor.ts';
import { verdictOf } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** Everything comes with HTTP 200, also that it is asked too fast. */
const said = (status: string, more: Record<string, unknown> = {}): VendorAnswer => ({
  status: 200,
  body: { status, ...more, execution_time: 12 },
});

const REFUSALS = {
  bad_key: said('auth_failure', { message: 'Invalid API key (this sandbox takes sandbox_ keys only)' }),
  no_credits: said('general_failure', { message: 'Insufficient credits' }),
  rate_limited: said('throttle_triggered', { message: 'Too many requests in a short amount of time' }),
};

const RESULT: Record<Verdict, string> = {
  valid: 'valid',
  invalid: 'invalid',
  catch_all: 'catchall',
  unknown: 'unknown',
};

/** `GET /v4.2/single/check`: a credit for every verdict, `unknown` too. */
export function neverBounceSimulator(world: World): VendorSimulator {
  return {
    vendor: 'neverbounce',
    host: 'api.neverbounce.com',
    keyIn: { query: 'key' },
    limits: [{ requests: 60, windowMs: 60_000, path: '/v4.2/single/check' }],
    refuse: (why) => REFUSALS[why],
    answer({ path, query }, _spoil, { creditsLeft }) {
      if (path === '/v4.2/account/info')
        return said('success', {
          credits_info: { paid_credits_remaining: creditsLeft, free_credits_remaining: 0 },
        });
      const email = query.get('email')?.toLowerCase();
      if (path !== '/v4.2/single/check') return { status: 404, body: { status: 'general_failure' } };
      if (!email) return said('general_failure', { message: "Missing required parameter 'email'" });
      const { verdict, personKey } = verdictOf(world, email);
      return {
        ...said('success', {
          result: RESULT[verdict],
          flags: ['has_dns', 'has_dns_mx'],
          suggested_correction: '',
        }),
        charge: { capability: 'single-check', personKey, credits: 1 },
      };
    },
  };
}
