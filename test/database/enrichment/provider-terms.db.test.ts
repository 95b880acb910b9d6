import { purgeValues } from '@penstock/enrichment/purge-values';
import { saveLawfulUse } from '@penstock/enrichment/operations/lawful-use';
import { setProviderTermsOperation } from '@penstock/enrichment/operations/set-provider-terms';
import { exportPerson, reportPerson } from '@penstock/accounts/operations/manage-personal-data';
import { providerCatalogue } from '@penstock/providers/registry';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { catalogueRows } from '../store/catalogue.ts';
import { peopleKnownTo, waterfallFixture, type WaterfallFixture } from './waterfall-fixture.ts';

const setTerms = setProviderTermsOperation(providerCatalogue);
type Terms = { barredCountries: string[]; asksUnknownCountry: boolean; keepDays: number | null };
const OPEN: Terms = { barredCountries: [], asksUnknownCountry: true, keepDays: null };

let fixture: WaterfallFixture;
beforeAll(async () => {
  fixture = await waterfallFixture(10_000);
});
afterAll(() => fixture[Symbol.asyncDispose]());
beforeEach(() => fixture.sandbox.control.reset());

const say = (provider: string, more: Partial<Terms> = {}) =>
  fixture.workspace.run(fixture.workspace.admin, setTerms, { ...OPEN, provider, ...more });
const known = () => peopleKnownTo(fixture.sandbox, ['people-data-labs', 'leadmagic']);
const meet = async (at: number) => {
  const person = known()[at];
  if (!person) throw new TypeError('the world has too few people');
  return { person, personId: await fixture.meet(person) };
};

it('passes over a provider that may not be asked about somebody’s country, and says so', async () => {
  const { person, personId } = await meet(0);
  await say('people-data-labs', { barredCountries: [person.country.toLowerCase()] });
  await fixture.run(personId);
  const trace = await fixture.trace(personId);
  expect(trace.find(({ step }) => step.includes('people-data-labs'))).toMatchObject({
    step: 'skipped people-data-labs/person-enrich',
    reason: `this workspace does not ask it about people in ${person.country}`,
  });
  expect((await fixture.ledger(personId)).map(({ provider }) => provider)).not.toContain('people-data-labs');
  await say('people-data-labs');
  const other = await meet(1);
  await fixture.run(other.personId);
  expect((await fixture.ledger(other.personId)).map(({ provider }) => provider)).toContain(
    'people-data-labs',
  );
});

it('passes over a provider without a lawful basis where one is needed, and says of each value on what it rests', async () => {
  const { person, personId } = await meet(3);
  const { admin, run } = fixture.workspace;
  const purpose = 'To offer companies what helps their sales, to few people, who may object.';
  const record = (basis: 'consent' | null) =>
    run(admin, saveLawfulUse, { purpose, basis, neededIn: [person.country] });
  await record(null);
  await fixture.run(personId);
  expect((await fixture.trace(personId)).find(({ step }) => step.includes('people-data-labs'))).toMatchObject(
    {
      step: 'skipped people-data-labs/person-enrich',
      reason: `no lawful basis is recorded for asking it about people in ${person.country}`,
    },
  );
  expect((await fixture.ledger(personId)).map(({ provider }) => provider)).not.toContain('people-data-labs');
  await record('consent');
  await run(admin, setTerms, {
    ...OPEN,
    provider: 'leadmagic',
    lawfulBasis: 'contract',
    basisNote: 'of May',
  });
  const other = await meet(4);
  await fixture.run(other.personId);
  const bases = await catalogueRows<{ provider: string; basis: string }>(
    fixture.workspace.database,
    'select distinct provider, lawful_basis as basis from observation where person_id = $1 order by provider',
    [other.personId],
  );
  expect(bases.find(({ provider }) => provider === 'people-data-labs')?.basis).toBe('consent');
  for (const { provider, basis } of bases.filter((one) => one.provider === 'leadmagic'))
    expect([provider, basis]).toEqual(['leadmagic', 'contract']);
  const { html } = await run(admin, reportPerson, { id: other.personId });
  expect(html).toContain('consent (Art. 6(1)(a) GDPR)');
  expect(html).toContain('People data labs');
  expect(html).toContain(purpose);
  await run(admin, saveLawfulUse, { purpose, basis: null, neededIn: [] });
  await expect(
    run(admin, saveLawfulUse, { purpose: 'short', basis: null, neededIn: [] }),
  ).rejects.toMatchObject({ code: 'invalid', issues: [{ field: 'purpose' }] });
});

it('removes values past their term and chooses anew what is shown; what they cost stays', async () => {
  const { person, personId } = await meet(2);
  await fixture.run(personId);
  expect((await fixture.values(personId))['title']).toMatchObject({ value: person.title });
  const document = await fixture.workspace.run(fixture.workspace.admin, exportPerson, { id: personId });
  // The export says of each value where it came from.
  expect(JSON.stringify(document)).toContain('people-data-labs');
  await say('people-data-labs', { keepDays: 30 });
  const purge = () => purgeValues({ ...fixture.deps }, fixture.workspace.workspaceId);
  expect(await purge()).toBe(0);
  fixture.workspace.clock.advanceMs(31 * 86_400_000);
  const before = await fixture.ledger(personId);
  expect(await purge()).toBeGreaterThan(0);
  expect(await purge()).toBe(0);
  const left = await catalogueRows<{ provider: string }>(
    fixture.workspace.database,
    'select distinct provider from observation where person_id = $1',
    [personId],
  );
  expect(left.map(({ provider }) => provider)).not.toContain('people-data-labs');
  expect(Object.keys(await fixture.values(personId))).not.toContain('title');
  expect(await fixture.ledger(personId)).toEqual(before);
});

it('refuses what no country, no provider or no term is', async () => {
  await expect(say('people-data-labs', { barredCountries: ['Germany'] })).rejects.toMatchObject({
    code: 'invalid',
  });
  await expect(say('nobody')).rejects.toMatchObject({ code: 'not_found' });
  await expect(say('fullenrich', { keepDays: 365 })).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('90 days'),
  });
});
