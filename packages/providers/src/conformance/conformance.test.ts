import type { ProviderAdapter } from '@penstock/enrichment/provider-port';
import { invariant } from '@penstock/kernel/invariant';
import { ProviderError } from '@penstock/kernel/provider-error';
import { describe, expect, it } from 'vitest';

import { providerAdapters } from '../registry.ts';
import { json } from './cases.ts';
import type { VendorCases } from './cases.ts';
import { emailFinderCases, mobileFinderCases } from './leadmagic-cases.ts';
import { peopleDataLabsCases } from './people-data-labs-cases.ts';
import { zeroBounceCases, zeroBounceVerdicts } from './zerobounce-cases.ts';

function adapterOf(cases: VendorCases): ProviderAdapter {
  const adapter = providerAdapters.get(cases.provider);
  invariant(adapter !== undefined, `${cases.provider} is registered`);
  return adapter;
}

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

const everyCase = [peopleDataLabsCases, emailFinderCases, mobileFinderCases, zeroBounceCases];

describe.each(everyCase)('$provider $capability', (cases) => {
  const adapter = adapterOf(cases);

  it('answers a good reply with something usable', () => {
    const answer = adapter.parseReply(cases.capability, cases.hit, cases.asked);
    expect(['hit', 'verified']).toContain(answer.outcome);
    expect(answer.vendorCredits).toBeGreaterThan(0);
    if (answer.outcome === 'hit') expect(answer.reported.length).toBeGreaterThan(0);
  });

  const misses = Object.entries(cases.misses);
  it.runIf(misses.length > 0).each(misses)('treats %s as a miss', (_name, reply) => {
    expect(adapter.parseReply(cases.capability, reply, cases.asked)).toMatchObject({ outcome: 'miss' });
  });

  it.each(Object.entries(cases.faults))('tells %s apart', (_name, { reply, fault, retryAfterMs }) => {
    const error = thrownBy(() => adapter.parseReply(cases.capability, reply, cases.asked));
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ provider: cases.provider, fault });
    if (fault === 'rate_limited') expect(error).toHaveProperty('retryAfterMs', retryAfterMs);
    expect(String(error)).not.toMatch(/@|northmill|brightwater/);
  });

  it('builds requests that hold what was asked and no credential', () => {
    for (const capability of adapter.manifest.capabilities) {
      const request = adapter.buildRequest(capability.id, {
        ...peopleDataLabsCases.asked,
        email: 'a+b@c.example',
        linkedinUrl: 'p.example/in/a',
      });
      expect(request.path).toMatch(/^\//);
      expect(JSON.stringify(request).toLowerCase()).not.toContain(
        adapter.manifest.credential.name.toLowerCase(),
      );
    }
    expect(() => adapter.buildRequest('no-such-thing', {})).toThrow(ProviderError);
  });
});

describe('values', () => {
  it('are reported with what the vendor says about them', () => {
    const answer = adapterOf(peopleDataLabsCases).parseReply(
      'person-enrich',
      peopleDataLabsCases.hit,
      peopleDataLabsCases.asked,
    );
    expect(answer).toMatchObject({
      outcome: 'hit',
      vendorCredits: 1,
      reported: expect.arrayContaining([
        expect.objectContaining({
          field: 'mobile',
          value: '+12025550123',
          lineType: 'mobile',
          confidence: 0.9,
        }),
        expect.objectContaining({ field: 'work_email', value: 'daniel.muller@brightwater.example' }),
      ]),
    });
  });

  it('name a catch-all as one', () => {
    const reply = json(200, {
      email: 'ada@northmill.example',
      status: 'valid_catch_all',
      creditsConsumed: '1',
    });
    expect(
      adapterOf(emailFinderCases).parseReply('email-finder', reply, emailFinderCases.asked),
    ).toMatchObject({
      vendorCredits: 1,
      reported: [{ field: 'work_email', verification: 'catch_all' }],
    });
  });

  it.each(zeroBounceVerdicts)(
    'of ZeroBounce: $status/$subStatus is $result',
    ({ reply, result, credits }) => {
      expect(adapterOf(zeroBounceCases).parseReply('validate', reply, zeroBounceCases.asked)).toMatchObject({
        outcome: 'verified',
        result,
        vendorCredits: credits,
      });
    },
  );
});

describe('balance', () => {
  it('reads credits, frozen ones excluded, and knows a wrong key', () => {
    const leadMagic = adapterOf(emailFinderCases).balance;
    const zeroBounce = adapterOf(zeroBounceCases).balance;
    expect(leadMagic?.parse(json(200, { credits: 70.5 }))).toEqual({ credits: 70.5 });
    expect(leadMagic?.parse(json(200, { credits: 70, is_frozen: true, credits_liquid: 4 }))).toEqual({
      credits: 4,
    });
    expect(zeroBounce?.parse(json(200, { Credits: '2375323' }))).toEqual({ credits: 2_375_323 });
    expect(thrownBy(() => zeroBounce?.parse(json(200, { Credits: '-1' })))).toMatchObject({
      fault: 'unauthorized',
    });
  });
});
