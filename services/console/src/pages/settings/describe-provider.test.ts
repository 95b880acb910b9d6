import { expect, it } from 'vitest';

import { alternativesOf, descriptionFrom, idOf, linesOf, pairsOf } from './describe-provider.ts';

it('reads pairs, one a line, and writes them again', () => {
  const pairs = { domain: '{companyDomain}', filter: 'a=b' };
  expect(pairsOf(' domain = {companyDomain}\n\nfilter=a=b\n')).toEqual(pairs);
  expect(pairsOf(linesOf(pairs))).toEqual(pairs);
  expect(pairsOf('lonely')).toEqual({ lonely: '' });
  expect(linesOf(undefined)).toBe('');
});

it('reads alternatives, one a line', () => {
  expect(alternativesOf('givenName, familyName + companyDomain\n\nemail')).toEqual([
    ['givenName', 'familyName', 'companyDomain'],
    ['email'],
  ]);
});

it('makes an id of a name', () => {
  expect(idOf('  Acme Data (EU)! ')).toBe('custom-acme-data-eu');
});

it('puts together what the form holds', () => {
  const filled: Record<string, string> = {
    name: 'Acme',
    kind: 'verify_email',
    credentialIn: 'bearer',
    method: 'GET',
    path: '/check',
    query: 'email = {email}',
    needs: 'email',
    hitAt: '/ok',
    hitEquals: 'yes, true',
    missStatuses: '404, 410',
    verdictAt: '/status',
    verdictWords: 'ok = valid',
    values: 'work_email = /email',
    credits: '1',
    dollarsPerCredit: '0.004',
    charged: 'on_call',
    requestsPerMinute: '60',
  };
  const form = { get: (name: string) => filled[name] ?? null };
  expect(descriptionFrom(form, { id: null, readOn: '2026-11-29' })).toMatchObject({
    id: 'custom-acme',
    credential: { in: 'bearer' },
    hit: { at: '/ok', equals: ['yes', 'true'] },
    missStatuses: [404, 410],
    // A verifier gives no values.
    values: {},
    verdict: { at: '/status', words: { ok: 'valid' } },
    price: { credits: 1, microsPerCredit: 4_000, charged: 'on_call', readOn: '2026-11-29' },
  });
});
