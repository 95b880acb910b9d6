import { DEFAULT_WATERFALL } from '@penstock/enrichment/model/presets';
import { describedOperations } from '@penstock/enrichment/operations/manage-described';
import { providerOperations } from '@penstock/enrichment/operations/manage-providers';
import { waterfallOperations } from '@penstock/enrichment/operations/manage-waterfall';
import { tryProvider } from '@penstock/enrichment/try-provider';
import { sealText } from '@penstock/kernel/seal';
import { GenericProvider } from '@penstock/providers/generic-http/definition';
import { providerCatalogue } from '@penstock/providers/registry';
import { knowledgeOf } from '@penstock/sandbox/world/knowledge';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';

import { SECRET_KEY } from '../workspace-fixture.ts';
import { waterfallFixture, type WaterfallFixture } from './waterfall-fixture.ts';

/** Hunter's finder, described instead of programmed: its simulator answers both in the same way. */
const DESCRIPTION: z.input<typeof GenericProvider> = {
  id: 'custom-finder',
  name: 'Own finder',
  host: 'api.hunter.io',
  credential: { in: 'header', name: 'X-API-KEY' },
  kind: 'find_person',
  method: 'GET',
  path: '/v2/email-finder',
  query: { domain: '{companyDomain}', first_name: '{givenName}', last_name: '{familyName}' },
  needs: [['givenName', 'familyName', 'companyDomain']],
  hit: { at: '/data/email' },
  // This vendor says 403 to whoever asks too often.
  throttleStatuses: [403],
  values: { work_email: '/data/email', title: '/data/position' },
  about: { givenName: '/data/first_name', familyName: '/data/last_name' },
  price: { credits: 1, microsPerCredit: 30_000, charged: 'on_hit', readOn: '2026-11-29' },
  requestsPerMinute: 6_000,
  region: 'eu',
  lawfulUse: 'As agreed with the vendor in writing.',
};

let fixture: WaterfallFixture;
let operations: ReturnType<typeof operationsOf>;
beforeAll(async () => {
  fixture = await waterfallFixture(10_000);
  operations = operationsOf();
});
afterAll(() => fixture[Symbol.asyncDispose]());
beforeEach(() => fixture.sandbox.control.reset());

function operationsOf() {
  const { store } = fixture.workspace;
  return {
    ...describedOperations({
      definition: GenericProvider,
      tryCall: (workspaceId, input, now) =>
        tryProvider({ ...providerCatalogue, store, send: fixture.deps.send }, workspaceId, input, now),
    }),
    providers: providerOperations({
      ...providerCatalogue,
      seal: (secret) => sealText(SECRET_KEY, secret),
      send: fixture.deps.send,
    }),
    waterfall: waterfallOperations(providerCatalogue),
  };
}
const asAdmin: WaterfallFixture['workspace']['run'] = (...call) => fixture.workspace.run(...call);
const admin = () => fixture.workspace.admin;
const describeIt = (more: Partial<typeof DESCRIPTION> = {}) =>
  asAdmin(admin(), operations.save, { ...DESCRIPTION, ...more });
const giveKey = (provider = 'custom-finder') =>
  asAdmin(admin(), operations.providers.save, { provider, label: 'Main', secret: 'sandbox_own_finder' });
/** Somebody whom Hunter knows, with a mailbox that is open. */
const known = () => {
  const person = fixture.sandbox.world.people.find((one) => {
    const { email, trap } = knowledgeOf('hunter', one);
    const isOpen = fixture.sandbox.world.companyByKey.get(one.companyKey)?.isCatchAll === false;
    return email && trap === null && one.mailbox === 'open' && isOpen;
  });
  if (!person) throw new TypeError('nobody of that kind');
  const company = fixture.sandbox.world.companyByKey.get(person.companyKey);
  const { givenName, familyName } = person;
  return { person, typed: { givenName, familyName, companyDomain: company?.domain ?? '' } };
};

it('is described, given a key, tried, put into the waterfall, and asked', async () => {
  await describeIt();
  const listed = await asAdmin(admin(), operations.providers.list, {});
  expect(listed.items.find(({ id }) => id === 'custom-finder')).toMatchObject({
    name: 'Own finder',
    keys: [],
    capabilities: [{ priceMicros: 30_000 }],
  });
  const { person, typed } = known();
  await expect(
    asAdmin(admin(), operations.tryOut, { providerId: 'custom-finder', known: typed }),
  ).rejects.toMatchObject({ code: 'conflict' });
  await giveKey();
  expect(
    await asAdmin(admin(), operations.tryOut, { providerId: 'custom-finder', known: typed }),
  ).toMatchObject({
    outcome: 'hit',
    values: expect.arrayContaining([{ field: 'work_email', value: person.email }]),
    chargedMicros: 30_000,
    request: expect.stringContaining('GET https://api.hunter.io/v2/email-finder?domain='),
  });
  expect(await fixture.ledger()).toMatchObject([{ provider: 'custom-finder', state: 'charged' }]);

  const body = {
    ...DEFAULT_WATERFALL,
    wanted: ['work_email' as const],
    steps: [
      { provider: 'custom-finder', capability: 'ask', only: null, when: [] },
      { provider: 'zerobounce', capability: 'validate', only: null, when: [] },
    ],
  };
  const draft = await asAdmin(admin(), operations.waterfall.saveDraft, { body, note: 'own' });
  await asAdmin(admin(), operations.waterfall.publish, { versionId: draft.versionId, note: 'own' });
  const personId = await fixture.meet(person);
  expect(await fixture.run(personId)).toMatchObject({ complete: true });
  expect((await fixture.ledger(personId)).map(({ provider, state }) => `${provider} ${state}`)).toEqual([
    'custom-finder charged',
    'zerobounce charged',
  ]);
  await expect(asAdmin(admin(), operations.remove, { id: 'custom-finder' })).rejects.toMatchObject({
    code: 'conflict',
  });
});

describe('a test call', () => {
  it('names what is missing, and asks nobody then', async () => {
    await describeIt();
    await giveKey();
    const before = (await fixture.ledger()).length;
    await expect(
      asAdmin(admin(), operations.tryOut, { providerId: 'custom-finder', known: { givenName: 'Ada' } }),
    ).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('family name') });
    expect(await fixture.ledger()).toHaveLength(before);
  });

  it.each([
    ['html', 'not what was described'],
    ['429', 'less often'],
    ['500', 'can’t just now'],
  ] as const)('says what is wrong with an answer of kind %s', async (fault, words) => {
    await describeIt();
    await giveKey();
    fixture.sandbox.control.script({ vendor: 'hunter', fault });
    const { typed } = known();
    const tried = await asAdmin(admin(), operations.tryOut, { providerId: 'custom-finder', known: typed });
    expect(tried).toMatchObject({ outcome: 'fault', values: [] });
    expect(tried.detail).toContain(words);
    expect(
      (await fixture.ledger()).filter(({ state }) => state === 'reserved' || state === 'unknown'),
    ).toEqual([]);
  });

  it('reaches no host but the one that is described', async () => {
    await describeIt({ id: 'custom-nowhere', host: 'no.such-vendor.com' });
    await giveKey('custom-nowhere');
    const { typed } = known();
    const tried = await asAdmin(admin(), operations.tryOut, { providerId: 'custom-nowhere', known: typed });
    expect(tried.outcome).toBe('fault');
    expect(await asAdmin(admin(), operations.remove, { id: 'custom-nowhere' })).toEqual({
      id: 'custom-nowhere',
    });
    const { items } = await asAdmin(admin(), operations.providers.list, {});
    expect(items.map(({ id }) => id)).not.toContain('custom-nowhere');
  });
});

describe('a key', () => {
  const save = (provider: string, secret: string) =>
    asAdmin(admin(), operations.providers.save, { provider, label: 'Main', secret });

  it('is looked at with the vendor for free, and its balance is shown', async () => {
    const saved = await save('hunter', 'sandbox_hunter');
    expect(saved).toMatchObject({ checked: 'taken', credits: expect.any(Number) });
    const { items } = await asAdmin(admin(), operations.providers.list, {});
    expect(items.find(({ id }) => id === 'hunter')?.keys[0]?.balance?.credits).toBe(saved.credits);
    expect(await save('hunter', 'sandbox_empty_hunter')).toMatchObject({ checked: 'taken', credits: 0 });
    expect(fixture.sandbox.control.charges().total.credits).toBe(0);
  });

  it('is stored unchecked where nobody answers or the vendor tells nobody', async () => {
    fixture.sandbox.control.script({ vendor: 'findymail', fault: '500' });
    expect(await save('findymail', 'sandbox_findymail')).toMatchObject({
      checked: 'not_checked',
      credits: null,
    });
    expect(await save('apollo', 'sandbox_apollo')).toMatchObject({ checked: 'not_checked' });
  });

  it('that the vendor refuses is not stored', async () => {
    // A vendor that refuses every key: the simulator takes none that looks real.
    const send: typeof fixture.deps.send = (call, request) =>
      fixture.deps.send({ ...call, secretSealed: sealText(SECRET_KEY, 'not_a_sandbox_key') }, request);
    const strict = providerOperations({
      ...providerCatalogue,
      seal: (secret) => sealText(SECRET_KEY, secret),
      send,
    });
    await expect(
      asAdmin(admin(), strict.save, { provider: 'prospeo', label: 'Main', secret: 'sandbox_prospeo' }),
    ).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('does not take this key') });
    const { items } = await asAdmin(admin(), operations.providers.list, {});
    expect(items.find(({ id }) => id === 'prospeo')?.keys).toEqual([]);
  });
});

it('takes keys for providers that there are', async () => {
  await expect(giveKey('custom-unheard-of')).rejects.toMatchObject({ code: 'invalid' });
});
