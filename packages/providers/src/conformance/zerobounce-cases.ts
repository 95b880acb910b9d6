import { commonFaults, json } from './cases.ts';
import type { VendorCases } from './cases.ts';

const address = 'ada.okafor@northmill.example';
const verdict = (status: string, subStatus = '') =>
  json(200, {
    address,
    status,
    sub_status: subStatus,
    free_email: 'False',
    mx_found: 'True',
    processed_at: '2026-03-28 12:30:18.990',
  });

const both = 'Invalid API key or your account ran out of credits';

export const zeroBounceCases: VendorCases = {
  provider: 'zerobounce',
  capability: 'validate',
  asked: { email: 'Ada.Okafor@northmill.example' },
  hit: verdict('valid'),
  misses: {},
  faults: {
    ...commonFaults(verdict('valid')),
    'HTTP 429 without Retry-After': { reply: json(429, {}), fault: 'rate_limited', retryAfterMs: 600_000 },
    'key or credits, inside a 200': { reply: json(200, { error: both }), fault: 'quota_exhausted' },
    'a wrong key, inside a 200': { reply: json(200, { error: 'Invalid API Key' }), fault: 'unauthorized' },
    'a throttle inside a 200': {
      reply: json(200, { error: 'Too many requests. Temporarily blocked.' }),
      fault: 'rate_limited',
      retryAfterMs: 600_000,
    },
    'another sentence inside a 200': {
      reply: json(200, { error: 'Missing parameter: email' }),
      fault: 'rejected',
    },
    'a verdict about somebody else': {
      reply: json(200, { address: 'x@y.example', status: 'valid' }),
      fault: 'malformed',
    },
    'a verdict that nobody knows': { reply: verdict('splendid'), fault: 'malformed' },
  },
};

/** Documented statuses and what they mean here: our result and the credits it cost. */
export const zeroBounceVerdicts = (
  [
    ['valid', '', 'valid', 1],
    ['valid', 'accept_all', 'catch_all', 1],
    ['Valid', 'alternate', 'valid', 1],
    ['invalid', 'mailbox_not_found', 'invalid', 1],
    ['catch-all', '', 'catch_all', 1],
    ['unknown', 'greylisted', 'unknown', 0],
    ['spamtrap', '', 'do_not_mail', 1],
    ['abuse', '', 'do_not_mail', 1],
    ['do_not_mail', 'role_based', 'do_not_mail', 1],
    ['do_not_mail', 'disposable', 'disposable', 1],
  ] as const
).map(([status, subStatus, result, credits]) => ({
  reply: verdict(status, subStatus),
  status,
  subStatus,
  result,
  credits,
}));
