import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { storeSubmission } from '@penstock/engagement/store-submission';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';

import { referenceJson } from '../../data/reference.ts';
import { catalogueRows } from '../store/catalogue.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

let fixture: WorkspaceFixture;
beforeAll(async () => {
  fixture = await workspaceFixture();
});
afterEach(() => fixture.clock.advanceMs(40 * 86_400_000));
afterAll(() => fixture[Symbol.asyncDispose]());

const GOOD = {
  name: 'Ana Lucía Stone',
  email: 'ana@harbor.example',
  company: 'Harbor Works',
  message: 'Show me',
};

function store(posted: Record<string, unknown>, more: { leadId?: string; isTest?: boolean } = {}) {
  const { workspaceId, formId, clock } = fixture;
  return storeSubmission(fixture.store, {
    workspaceId,
    formId,
    posted,
    isTest: false,
    leadId: newId(clock.now()),
    receivedAt: clock.now(),
    ...more,
  });
}
/** `stored`, or the code of the refusal; anything else is a failure. */
async function fateOf(posted: Record<string, unknown>): Promise<string> {
  try {
    await store(posted);
    return 'stored';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
type LeadRow = {
  email: string;
  given_name: string;
  family_name: string;
  company: string;
  phone: string;
  message: string;
  marks: string[];
};
const lead = async (id: string) =>
  (await catalogueRows<LeadRow>(fixture.database, 'select * from lead where id = $1', [id]))[0];
const count = async (table: string, leadId: string) =>
  (
    await catalogueRows(
      fixture.database,
      `select from ${table} where ${table === 'lead' ? 'id' : 'lead_id'} = $1`,
      [leadId],
    )
  ).length;

it('keeps a lead, its request and the first line of its trace', async () => {
  const { leadId, isNew } = await store(GOOD);
  expect(isNew).toBe(true);
  expect(await lead(leadId)).toMatchObject({
    email: GOOD.email,
    given_name: 'Ana Lucía',
    family_name: 'Stone',
    company: 'Harbor Works',
  });
  expect([await count('lead_submission', leadId), await count('lead_event', leadId)]).toEqual([1, 1]);
});

it('takes the same request twice as one', async () => {
  const first = await store(GOOD);
  expect(await store(GOOD)).toEqual({ leadId: first.leadId, isNew: false });
  expect(await count('lead_submission', first.leadId)).toBe(1);
});

it('takes the same person again as one lead with two requests', async () => {
  const first = await store(GOOD);
  expect(await store({ ...GOOD, email: 'ANA@Harbor.example ', message: 'Are you there?' })).toEqual({
    leadId: first.leadId,
    isNew: false,
  });
  expect(await count('lead_submission', first.leadId)).toBe(2);
});

it('takes the same request as one when it comes twelve times at once', async () => {
  await fixture.crowd();
  const stored = await Promise.all(Array.from({ length: 12 }, () => store(GOOD)));
  expect(new Set(stored.map((one) => one.leadId)).size).toBe(1);
  expect(stored.filter((one) => one.isNew)).toHaveLength(1);
  expect(await count('lead_submission', stored[0]?.leadId ?? '')).toBe(1);
});

it('takes an attempt whose answer was lost as the same one', async () => {
  const leadId = newId(fixture.clock.now());
  await store(GOOD, { leadId });
  expect(await store(GOOD, { leadId })).toEqual({ leadId, isNew: false });
});

it('keeps a test apart from the real request of the same address', async () => {
  const [real, test] = [await store(GOOD), await store(GOOD, { isTest: true })];
  expect(real.leadId).not.toBe(test.leadId);
});

it('makes a new lead of who asks again after a month', async () => {
  const first = await store(GOOD);
  fixture.clock.advanceMs(31 * 86_400_000);
  expect((await store(GOOD)).leadId).not.toBe(first.leadId);
});

it('keeps markup as text and drops what cannot be shown', async () => {
  const odd = {
    ...GOOD,
    name: '<script>alert(1)</script> O\u0000\u200b\u202eBrien',
    company: '"; drop table lead; --',
    message: 'a\u0007b\nc\ud800',
  };
  const { leadId } = await store(odd);
  expect(await lead(leadId)).toMatchObject({
    family_name: 'OBrien',
    given_name: '<script>alert(1)</script>',
    company: '"; drop table lead; --',
  });
  expect((await lead(leadId))?.message).toMatch(/^ab\nc/);
});

it.each([
  ['nothing', {}],
  ['an empty address', { email: '' }],
  ['no address', { name: 'Ana' }],
  ['two lines', { email: 'ana@harbor.example\nbcc: x@y.example' }],
  ['a domain without a dot', { email: 'ana@localhost' }],
  ['300 letters', { email: `${'a'.repeat(300)}@harbor.example` }],
  ['a list', { email: ['ana@harbor.example'] }],
  ['a message of 20,000 letters', { ...GOOD, message: 'x'.repeat(20_000) }],
])('refuses %s, naming the field', async (_, posted) => {
  const error: unknown = await store(posted).catch((cause: unknown) => cause);
  expect(error).toMatchObject({
    code: 'invalid',
    issues: [{ field: expect.stringMatching(/email|message/), remedy: expect.any(String) }],
  });
});

it.each([
  ['a nested answer', { ...GOOD, email: 'n1@harbor.example', extra: { deep: [{ nul: '\u0000' }] } }],
  [
    'a thousand fields',
    {
      ...GOOD,
      email: 'n2@harbor.example',
      ...Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`field ${at}`, at])),
    },
  ],
  [
    'fields that no text can hold',
    {
      ...GOOD,
      email: 'n3@harbor.example',
      'k\u0000ey\ud800': '\u0000\udfff',
      undefined: undefined,
      nothing: null,
      big: 10n ** 3n === 1000n,
    },
  ],
  ['a number as phone', { ...GOOD, email: 'n4@harbor.example', phone: 4_915_112_345_678 }],
  [
    'a country that is none',
    { ...GOOD, email: 'n5@harbor.example', country: 'Atlantis', phone: '0151 12345678' },
  ],
])('stores %s', async (_, posted) => {
  expect(await fateOf(posted)).toBe('stored');
});

it('marks what it took: a private address, a disposable one, a role, a phone that cannot be read', async () => {
  const marksOf = async (posted: Record<string, unknown>) =>
    (await lead((await store({ ...GOOD, ...posted })).leadId))?.marks;
  expect(await marksOf({ email: 'ana@gmail.com' })).toEqual(['free_mail']);
  expect(await marksOf({ email: 'ana@mailinator.com' })).toContain('disposable');
  expect(await marksOf({ email: 'info@harbor.example' })).toEqual(['role_address']);
  expect(await marksOf({ email: 'bo@harbor.example', phone: '0151 12345678' })).toEqual(['phone_unreadable']);
  expect(await marksOf({ email: 'cy@harbor.example', phone: '0151 12345678', country: 'de' })).toEqual([]);
});

it('stores or refuses each address of the standard’s test list, and fails on none', async (context) => {
  const cases = z
    .array(z.tuple([z.string(), z.string()]))
    .parse(referenceJson(context, 'email/isemail-tests.json'));
  const addresses = cases.map(([address]) => address);
  expect(addresses.length).toBeGreaterThan(150);
  const fates = new Map<string, number>();
  for (const address of addresses) {
    const fate = await fateOf({ ...GOOD, email: address });
    fates.set(fate, (fates.get(fate) ?? 0) + 1);
  }
  expect([...fates.keys()].toSorted()).toEqual(['invalid', 'stored']);
});

it('reads the mobile numbers of every country', async (context) => {
  const numbers = z
    .record(z.string(), z.string())
    .parse(referenceJson(context, 'phone/examples.mobile.json'));
  const countries = Object.entries(numbers);
  expect(countries.length).toBeGreaterThan(200);
  const unread: string[] = [];
  for (const [country, phone] of countries) {
    const { leadId } = await store({
      ...GOOD,
      email: `from-${country.toLowerCase()}@harbor.example`,
      country,
      phone,
    });
    const stored = await lead(leadId);
    if (!stored?.phone.startsWith('+') || stored.marks.length > 0) unread.push(country);
  }
  expect(unread).toEqual([]);
});
