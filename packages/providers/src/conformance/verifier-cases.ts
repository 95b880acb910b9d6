import { commonFaults, json } from './cases.ts';
import type { VendorCases } from './cases.ts';
import { ADA_EMAIL } from './people.ts';

const asked = { email: ADA_EMAIL };

const bounced = (status: string, more: Record<string, unknown> = {}) =>
  json(200, { status, execution_time: 3, ...more });
const checked = (result: unknown) => bounced('success', { result, flags: ['has_dns'] });

export const neverBounceCases: VendorCases = {
  provider: 'neverbounce',
  capability: 'single-check',
  asked,
  hit: checked('valid'),
  misses: {},
  faults: commonFaults(checked('valid'), {
    'a throttle inside a 200': { reply: bounced('throttle_triggered'), fault: 'rate_limited' },
    'a wrong key inside a 200': { reply: bounced('auth_failure'), fault: 'unauthorized' },
    'no credits inside a 200': {
      reply: bounced('general_failure', { message: 'Insufficient credits' }),
      fault: 'quota_exhausted',
    },
    'an outage inside a 200': { reply: bounced('temp_unavail'), fault: 'unavailable' },
    'a bad request inside a 200': { reply: bounced('general_failure'), fault: 'rejected' },
    'a result that nobody knows': { reply: checked(9), fault: 'malformed' },
  }),
};

const million = (changes: Record<string, unknown> = {}) =>
  json(200, { email: ADA_EMAIL, result: 'ok', resultcode: 1, subresult: '', error: '', ...changes });
const sentence = (error: string) => million({ email: '', result: 'error', error });

export const millionVerifierCases: VendorCases = {
  provider: 'millionverifier',
  capability: 'verify',
  asked,
  hit: million(),
  misses: {},
  faults: commonFaults(million(), {
    'a wrong key inside a 200': { reply: sentence('apikey not found'), fault: 'unauthorized' },
    'no credits inside a 200': { reply: sentence('Insufficient credits'), fault: 'quota_exhausted' },
    'a bad request inside a 200': { reply: sentence('email is missing'), fault: 'rejected' },
    'a verdict about somebody else': { reply: million({ email: 'x@y.example' }), fault: 'malformed' },
    'an error without a sentence': { reply: million({ result: 'error' }), fault: 'malformed' },
  }),
};

const findymailVerdict = (email = ADA_EMAIL) => json(200, { email, verified: true, provider: 'Google' });

export const findymailVerifyCases: VendorCases = {
  provider: 'findymail',
  capability: 'verify',
  asked,
  hit: findymailVerdict(),
  misses: {},
  faults: commonFaults(findymailVerdict(), {
    'no credits left': { reply: json(402, { error: 'Not enough credits' }), fault: 'quota_exhausted' },
    'a paused subscription': {
      reply: json(423, { error: 'Subscription is paused' }),
      fault: 'quota_exhausted',
    },
    'a verdict about somebody else': { reply: findymailVerdict('x@y.example'), fault: 'malformed' },
  }),
};

/** The words of each vendor for what we call by one name. */
export const verdicts = [
  ['neverbounce', 'single-check', checked('catchall'), 'catch_all'],
  ['neverbounce', 'single-check', checked(1), 'invalid'],
  ['neverbounce', 'single-check', checked('disposable'), 'disposable'],
  ['neverbounce', 'single-check', checked('unknown'), 'unknown'],
  ['millionverifier', 'verify', million({ result: 'catch_all' }), 'catch_all'],
  ['millionverifier', 'verify', million({ result: 'disposable' }), 'disposable'],
  ['hunter', 'email-verifier', json(200, { data: { email: ADA_EMAIL, status: 'accept_all' } }), 'catch_all'],
  ['hunter', 'email-verifier', json(451, { errors: [{ id: 'claimed_email' }] }), 'do_not_mail'],
] as const;
