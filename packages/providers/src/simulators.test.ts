import type { KnownFacts, ProviderAnswer } from '@penstock/enrichment/provider-port';
import { invariant } from '@penstock/kernel/invariant';
import { createSandbox } from '@penstock/sandbox/create-sandbox';
import type { Sandbox } from '@penstock/sandbox/create-sandbox';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { askSimulator } from './conformance/ask-simulator.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ delayMs: [0, 0] });
});
afterAll(() => sandbox.close());

const ask = (provider: string, capability: string, known: KnownFacts): Promise<ProviderAnswer> =>
  askSimulator(sandbox.url, provider, capability, known);

const factsOf = (index: number): KnownFacts & { email: string } => {
  const person = sandbox.world.people[index];
  const company = sandbox.world.companyByKey.get(person?.companyKey ?? '');
  invariant(person !== undefined && company !== undefined, 'the world is complete');
  return {
    givenName: person.givenName,
    familyName: person.familyName,
    companyName: company.name,
    companyDomain: company.domain,
    email: person.email,
    linkedinUrl: person.linkedinUrl,
  };
};

const everyTenth = [...Array(400).keys()].map((index) => index * 10 + (index % 10));

it('finds 40 to 60 % of the people with either vendor, 85 % or more with both, and nobody’s wrong address', async () => {
  const found = { 'people-data-labs': new Set<number>(), leadmagic: new Set<number>() };
  for (const index of everyTenth) {
    const { email, linkedinUrl: _profile, ...asked } = factsOf(index);
    const answers = {
      'people-data-labs': await ask('people-data-labs', 'person-enrich', asked),
      leadmagic: await ask('leadmagic', 'email-finder', asked),
    };
    for (const vendor of ['people-data-labs', 'leadmagic'] as const) {
      const answer = answers[vendor];
      if (answer.outcome !== 'hit') continue;
      expect(answer.reported.find(({ field }) => field === 'work_email')?.value).toBe(email);
      found[vendor].add(index);
    }
  }
  const shares = [found['people-data-labs'].size, found.leadmagic.size].map(
    (count) => count / everyTenth.length,
  );
  for (const share of shares) expect(share).toSatisfy((value: number) => value > 0.4 && value < 0.6);
  expect(
    new Set([...found['people-data-labs'], ...found.leadmagic]).size / everyTenth.length,
  ).toBeGreaterThanOrEqual(0.85);
}, 60_000);

it('takes no desk phone for a mobile', async () => {
  for (const index of everyTenth) {
    const answer = await ask('leadmagic', 'mobile-finder', factsOf(index));
    if (answer.outcome !== 'hit') continue;
    const person = sandbox.world.people[index];
    // North American numbers look alike; there the vendor's word stands.
    expect([person?.mobile, person?.landline]).toContain(answer.reported[0]?.value);
    expect(answer.reported[0]?.value).not.toMatch(/^\+(4420|4930)/);
  }
});

it('gets the truth about addresses', async () => {
  for (const index of everyTenth.slice(0, 100)) {
    const { email, companyDomain = '' } = factsOf(index);
    const truth = sandbox.world.companyByDomain.get(companyDomain)?.isCatchAll
      ? 'catch_all'
      : sandbox.world.people[index]?.mailbox === 'open'
        ? 'valid'
        : 'invalid';
    expect(await ask('zerobounce', 'validate', { email })).toMatchObject({
      outcome: 'verified',
      result: truth,
    });
    expect(await ask('leadmagic', 'email-validation', { email })).toMatchObject({
      outcome: 'verified',
      result: truth,
    });
  }
});
