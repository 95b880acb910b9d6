import type { World } from '../world/world.ts';
import type { VendorAnswer, VendorSimulator } from './vendor.ts';
import { verdictOf } from './verdict.ts';
import type { Verdict } from './verdict.ts';

const failed = (error: string): VendorAnswer => ({
  status: 200,
  body: { email: '', result: 'error', resultcode: 0, subresult: '', error, credits: 0 },
});

const REFUSALS = {
  bad_key: failed('apikey not found (this sandbox takes sandbox_ keys only)'),
  no_credits: failed('Insufficient credits'),
  rate_limited: { status: 429, body: { error: 'Too many requests' } },
} satisfies Record<string, VendorAnswer>;

const RESULT: Record<Verdict, { result: string; resultcode: number; quality: string }> = {
  valid: { result: 'ok', resultcode: 1, quality: 'good' },
  catch_all: { result: 'catch_all', resultcode: 2, quality: 'risky' },
  unknown: { result: 'unknown', resultcode: 3, quality: '' },
  invalid: { result: 'invalid', resultcode: 6, quality: 'bad' },
};

/** `GET /api/v3/`: a credit a verdict; a wrong key is answered with 200. */
export function millionVerifierSimulator(world: World): VendorSimulator {
  return {
    vendor: 'millionverifier',
    host: 'api.millionverifier.com',
    keyIn: { query: 'api' },
    limits: [{ requests: 160, windowMs: 1_000 }],
    refuse: (why) => REFUSALS[why],
    answer({ path, query }, _spoil, { creditsLeft }) {
      if (path === '/api/v3/credits') return { status: 200, body: { credits: creditsLeft } };
      const email = query.get('email')?.toLowerCase();
      if (path !== '/api/v3/') return { status: 404, body: { error: 'Not found' } };
      if (!email) return failed('email parameter is missing');
      const { verdict, personKey } = verdictOf(world, email);
      return {
        status: 200,
        body: {
          email,
          ...RESULT[verdict],
          subresult: '',
          free: false,
          role: false,
          error: '',
          credits: creditsLeft - 1,
        },
        charge: { capability: 'verify', personKey, credits: 1 },
      };
    },
  };
}
