import { commonFaults, json } from './cases.ts';
import type { RevealCases } from './cases.ts';
import { ada, ADA_EMAIL, ADA_MOBILE, DESK_PHONE } from './people.ts';

const seen = (changes: Record<string, unknown> = {}) =>
  json(200, {
    matchScore: 38,
    results: [
      {
        redeemId: 'abc',
        firstName: 'Ada',
        lastName: 'Okafor',
        hasEmail: true,
        hasMobilePhoneNumbers: true,
        hasDirectPhoneNumbers: false,
        ...changes,
      },
    ],
  });

export const contact = {
  redeemId: 'abc=',
  firstName: 'Ada',
  lastName: 'Okafor',
  email: { address: ADA_EMAIL, quality: 'HIGH_PLUS' },
  mobilePhoneNumbers: [{ number: ADA_MOBILE, dnc: true }],
  directPhoneNumbers: [{ number: DESK_PHONE, dnc: false }],
  account: { domain: 'northmill.example', headcount: 240, industry: ['Textiles'], technologies: ['git'] },
};

export const cognismCases: RevealCases = {
  provider: 'cognism',
  capability: 'contact',
  asked: ada,
  seen: seen(),
  vendorRef: 'abc',
  has: ['work_email', 'mobile'],
  unseen: {
    'no results': json(200, { matchScore: 0, results: [] }),
    'nothing to be revealed': seen({ hasEmail: false, hasMobilePhoneNumbers: false }),
    'no id to redeem by': seen({ redeemId: null }),
    'another person': seen({ firstName: 'Bruno', lastName: 'Tadic' }),
  },
  redeemed: json(200, { totalResults: 1, results: [contact] }),
  faults: commonFaults(json(200, { totalResults: 1, results: [contact] }), {
    'no credits left': { reply: json(402, { message: 'No credits left' }), fault: 'quota_exhausted' },
    'HTTP 429 without Retry-After': { reply: json(429, {}), fault: 'rate_limited' },
  }),
};
