import { expect, it } from 'vitest';

import { ipinfo } from './ipinfo.ts';

const reply = (body: unknown, status = 200) => ({
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const known = { ip: '203.0.113.7', org: 'AS64500 Northmill Inc.' };
const company = { name: 'Northmill Inc.', domain: 'northmill.example', type: 'business' };

it('asks for one address', () => {
  expect(ipinfo.request('2001:db8::1')).toEqual({ path: '/2001%3Adb8%3A%3A1/json' });
});

it.each([
  [
    'a company',
    { ...known, company },
    { name: 'Northmill Inc.', domain: 'northmill.example', kind: 'company' },
  ],
  ['a carrier', { ...known, company: { ...company, type: 'isp' } }, { kind: 'carrier' }],
  ['a hosting provider', { ...known, company: { ...company, type: 'hosting' } }, { kind: 'hosting' }],
  ['a company’s people behind a VPN', { ...known, company, privacy: { vpn: true } }, { kind: 'hosting' }],
  ['a network without a company', { ...known, asn: { ...company, type: 'isp' } }, { kind: 'carrier' }],
])('tells %s', (_, body, owner) => {
  expect(ipinfo.read(reply(body))).toMatchObject(owner);
});

it('knows nothing of an address that nobody may have, or of which the plan tells the name alone', () => {
  expect(ipinfo.read(reply({ ip: '10.0.0.1', bogon: true }))).toBeNull();
  expect(ipinfo.read(reply(known))).toBeNull();
  expect(ipinfo.read(reply({ status: 404, error: { title: 'Wrong ip' } }, 404))).toBeNull();
});

it.each([
  [403, { error: { title: 'Unknown token' } }, 'forbidden'],
  [429, { error: { title: 'Rate limit exceeded' } }, 'rate_limited'],
  [503, '', 'unreachable'],
  [200, '<html>', 'malformed'],
])('is no answer with %i', (status, body, fault) => {
  expect(() => ipinfo.read(reply(body, status))).toThrow(expect.objectContaining({ fault }));
});
