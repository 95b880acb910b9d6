import { describe, expect, it } from 'vitest';

import { commonFaults, json } from '../conformance/cases.ts';
import { ada, ADA_EMAIL, DESK_PHONE } from '../conformance/people.ts';
import { ASK, genericAdapter } from './adapter.ts';
import { GenericProvider } from './definition.ts';
import { valueAt } from '@penstock/kernel/json-pointer';

const described = {
  id: 'custom-acme',
  name: 'Acme',
  host: 'api.acme-data.com',
  credential: { in: 'header', name: 'X-Key' },
  kind: 'find_person',
  method: 'POST',
  path: '/v1/people/{companyDomain}',
  query: { first: '{givenName}', phone: '{phone}' },
  body: { name: '{givenName} {familyName}' },
  needs: [['givenName', 'familyName', 'companyDomain']],
  hit: { at: '/result/0/status', equals: ['found'] },
  values: { work_email: '/result/0/email', mobile: '/result/0/phone' },
  about: { givenName: '/result/0/first', familyName: '/result/0/last' },
  creditsAt: '/cost',
  price: { credits: 2, microsPerCredit: 10_000, charged: 'on_hit', readOn: '2026-11-23' },
  requestsPerMinute: 60,
  region: 'eu',
  lawfulUse: 'As agreed with the vendor.',
};
const adapter = genericAdapter(GenericProvider.parse(described));
const found = (changes: Record<string, unknown> = {}) =>
  json(200, {
    cost: 2,
    result: [{ status: 'found', email: ADA_EMAIL, first: 'Ada', last: 'Okafor', ...changes }],
  });
const parse = (reply: Parameters<typeof adapter.parseReply>[1]) => adapter.parseReply(ASK, reply, ada);

it('builds the request that is described, without what is not known', () => {
  expect(adapter.buildRequest(ASK, { ...ada, companyDomain: 'a/b?.example' })).toEqual({
    method: 'POST',
    path: '/v1/people/a%2Fb%3F.example?first=Ada',
    headers: { accept: 'application/json' },
    body: { name: 'Ada Okafor' },
  });
});

it('reads values and cost by their pointers', () => {
  expect(parse(found())).toMatchObject({
    outcome: 'hit',
    vendorCredits: 2,
    reported: [{ field: 'work_email', value: ADA_EMAIL }],
  });
});

it.each([
  ['another word', found({ status: 'none' })],
  ['its 404', json(404, { error: 'no' })],
  ['a masked address', found({ email: 'a***@northmill.example' })],
  ['a landline', found({ email: null, phone: DESK_PHONE })],
  ['another person', found({ first: 'Bruno', last: 'Tadic' })],
])('treats %s as a miss', (_name, reply) => {
  expect(parse(reply)).toMatchObject({ outcome: 'miss' });
});

const { 'a JSON array': _anArray, ...faults } = commonFaults(found());
it.each(Object.entries(faults))('tells %s apart', (_name, { reply, fault }) => {
  expect(() => parse(reply)).toThrow(expect.objectContaining({ provider: 'custom-acme', fault }));
});

it('speaks our words for a verdict, and refuses one that is not described', () => {
  const verifier = genericAdapter(
    GenericProvider.parse({
      ...described,
      kind: 'verify_email',
      needs: [['email']],
      path: '/verify',
      verdict: { at: '/status', words: { ok: 'valid', bad: 'invalid' } },
    }),
  );
  const ask = (status: string) => verifier.parseReply(ASK, json(200, { status }), { email: ADA_EMAIL });
  expect(ask('ok')).toMatchObject({ outcome: 'verified', result: 'valid' });
  expect(() => ask('splendid')).toThrow(expect.objectContaining({ fault: 'malformed' }));
  expect(() => ask('toString')).toThrow(expect.objectContaining({ fault: 'malformed' }));
});

describe('a description is refused', () => {
  it.each([
    ['host', '127.0.0.1'],
    ['host', '169.254.169.254'],
    ['host', 'localhost'],
    ['host', 'db.internal'],
    ['host', '[::1]'],
    ['host', 'api.acme.com:8443'],
    ['path', 'https://elsewhere.com/'],
    ['path', '//elsewhere.com/'],
    ['path', 'v1'],
    ['headers', { Host: 'elsewhere.com' }],
    ['headers', { 'X-A': 'b\r\nc: d' }],
    ['id', 'leadmagic'],
    ['hit', { at: 'result' }],
    ['needs', []],
    ['requestsPerMinute', 0],
    ['values', {}],
    ['kind', 'verify_email'],
    ['query', { first: '{firstName}' }],
    ['path', '/v1/people/{phone}'],
  ])('for its %s %j', (field, value) => {
    expect(GenericProvider.safeParse({ ...described, [field]: value }).success).toBe(false);
  });
});

it('finds values by pointer, and only own ones', () => {
  const value = { a: [{ 'b/c': 1 }], '~': 2 };
  expect(
    ['', '/a/0/b~1c', '/~0', '/a/1', '/constructor', '/a/length'].map((at) => valueAt(value, at)),
  ).toEqual([value, 1, 2, undefined, undefined, undefined]);
});
