import type { ProviderAdapter, RecordAnswer } from '@penstock/enrichment/provider-port';
import { invariant } from '@penstock/kernel/invariant';
import { ProviderError } from '@penstock/kernel/provider-error';
import { describe, expect, it } from 'vitest';

import { providerAdapters } from '../registry.ts';
import { batchCases, laterCases, revealCases, syncCases } from './all-cases.ts';
import { json } from './cases.ts';
import type { Fault } from './cases.ts';
import { emailFinderCases } from './leadmagic-cases.ts';
import { peopleDataLabsCases } from './people-data-labs-cases.ts';
import { lines, twilioLookupCases } from './twilio-lookup-cases.ts';
import { verdicts } from './verifier-cases.ts';
import { zeroBounceCases, zeroBounceVerdicts } from './zerobounce-cases.ts';

function adapterOf(cases: { provider: string }): ProviderAdapter {
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

function expectFault(cases: { provider: string }, work: () => unknown, expected: Fault): void {
  const error = thrownBy(work);
  expect(error).toBeInstanceOf(ProviderError);
  expect(error).toMatchObject({ provider: cases.provider, fault: expected.fault });
  if (expected.fault === 'rate_limited') expect(error).toHaveProperty('retryAfterMs', expected.retryAfterMs);
  expect(String(error)).not.toMatch(/@|northmill|brightwater/);
}

describe.each(syncCases)('$provider $capability', (cases) => {
  const adapter = adapterOf(cases);

  it('answers a good reply with something usable', () => {
    const answer = adapter.parseReply(cases.capability, cases.hit, cases.asked);
    expect(['hit', 'verified', 'line', 'employment', 'events']).toContain(answer.outcome);
    if (cases.isFree !== true) expect(answer.vendorCredits).toBeGreaterThan(0);
    if (answer.outcome === 'hit') expect(answer.reported.length).toBeGreaterThan(0);
  });

  const misses = Object.entries(cases.misses);
  it.runIf(misses.length > 0).each(misses)('treats %s as a miss', (_name, reply) => {
    expect(adapter.parseReply(cases.capability, reply, cases.asked)).toMatchObject({ outcome: 'miss' });
  });

  it.each(Object.entries(cases.faults))('tells %s apart', (_name, expected) => {
    expectFault(cases, () => adapter.parseReply(cases.capability, expected.reply, cases.asked), expected);
  });
});

const outcomesOf = (answers: readonly RecordAnswer[]) =>
  Object.fromEntries(answers.map(({ ref, answer }) => [ref, answer.outcome]));

describe.each(batchCases)('$provider $capability in bulk', (cases) => {
  const { batch } = adapterOf(cases);

  it('answers every record that was asked, by its reference', () => {
    expect(outcomesOf(batch?.parse(cases.capability, cases.reply, cases.asked) ?? [])).toEqual(
      cases.outcomes,
    );
    expect(batch?.build(cases.capability, cases.asked).path).toMatch(/^\//);
  });

  it.each(Object.entries(cases.faults))('tells %s apart', (_name, expected) => {
    expectFault(cases, () => batch?.parse(cases.capability, expected.reply, cases.asked), expected);
  });
});

describe.each(laterCases)('$provider $capability, answered later', (cases) => {
  const { later } = adapterOf(cases);
  const { capability, asked, ticket } = cases;

  it('gives a ticket, and asks for it', () => {
    const submitted = later?.parseSubmitted(capability, cases.submitted, asked);
    expect(submitted).toMatchObject({ state: 'waiting', ticket });
    expect(later?.submit(capability, asked, 'https://us.example/cb').path).toMatch(/^\//);
    if (later?.poll) expect(later.poll.request(capability, ticket).path).toMatch(/^\//);
  });

  const waiting = Object.entries(cases.waiting);
  it.runIf(waiting.length > 0).each(waiting)('waits on: %s', (_name, reply) => {
    const state = later?.poll?.parse(capability, reply, asked, ticket);
    expect(state).toMatchObject({ state: 'waiting', ticket });
    if (state?.state === 'waiting') expect(state.pollAfterMs).toBeGreaterThan(0);
  });

  it('answers every record that was asked once it is done', () => {
    const state = later?.poll?.parse(capability, cases.done, asked, ticket);
    expect(state?.state === 'done' ? outcomesOf(state.answers) : state).toEqual(cases.outcomes);
  });

  it.each(Object.entries(cases.submitFaults))('tells %s apart as it is handed in', (_name, expected) => {
    expectFault(cases, () => later?.parseSubmitted(capability, expected.reply, asked), expected);
  });

  it.each(Object.entries(cases.pollFaults))('tells %s apart as it is asked for', (_name, expected) => {
    expectFault(cases, () => later?.poll?.parse(capability, expected.reply, asked, ticket), expected);
  });
});

describe.each([...providerAdapters.values()].map((adapter) => ({ id: adapter.manifest.id, adapter })))(
  '$id',
  ({ id, adapter }) => {
    const { manifest } = adapter;
    const everything = {
      ...peopleDataLabsCases.asked,
      email: 'a+b@c.example',
      linkedinUrl: 'p.example/in/a',
      phone: '+12025550123',
      titles: 'VP Sales|Head of Sales',
    };

    it('has its wire forms in the suite', () => {
      const tried = [...syncCases, ...batchCases, ...laterCases, ...revealCases];
      expect(adapter.answerFromOpenWeb !== undefined || tried.some(({ provider }) => provider === id)).toBe(
        true,
      );
    });

    it('builds requests that hold what was asked and no credential', () => {
      const records = [{ ref: 'r1', known: everything, vendorRef: 'v1' }];
      for (const { id: capability, mode, batchMax } of manifest.capabilities) {
        const requests = [
          ...(mode === 'sync' && !adapter.answerFromOpenWeb
            ? [adapter.buildRequest(capability, everything)]
            : []),
          ...(mode === 'sync' && batchMax > 1 ? [adapter.batch?.build(capability, records)] : []),
          ...(mode === 'submit_poll' || mode === 'webhook'
            ? [adapter.later?.submit(capability, records, null)]
            : []),
          ...(mode === 'preview_redeem'
            ? [adapter.reveal?.preview(capability, everything), adapter.reveal?.redeem(capability, records)]
            : []),
        ];
        for (const request of requests) {
          expect(request?.path).toMatch(/^\//);
          if ('name' in manifest.credential)
            expect(JSON.stringify(request).toLowerCase()).not.toContain(
              `"${manifest.credential.name.toLowerCase()}"`,
            );
          expect(Object.keys(request?.headers ?? {}).map((name) => name.toLowerCase())).not.toContain(
            'authorization',
          );
        }
      }
      expect(() => adapter.buildRequest('no-such-thing', {})).toThrow(ProviderError);
      expect(() => adapter.buildRequest('toString', {})).toThrow(ProviderError);
    });

    it('says of each thing it sells what it needs, costs, and how long it may take', () => {
      expect(new Set(manifest.capabilities.map((each) => each.id)).size).toBe(manifest.capabilities.length);
      for (const { needs, price, timeoutMs, gives, kind } of manifest.capabilities) {
        expect(needs.length).toBeGreaterThan(0);
        expect(price.readOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        expect(price.credits === 0).toBe(price.bills.length === 0);
        expect(timeoutMs).toBeGreaterThan(0);
        if (kind === 'find_person' || kind === 'find_company') expect(gives.length).toBeGreaterThan(0);
      }
      expect(manifest.lawfulUse.length).toBeGreaterThan(20);
      expect(manifest.limits.every(({ requests, windowMs }) => requests > 0 && windowMs > 0)).toBe(true);
    });
  },
);

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

it.each(verdicts)('%s %s speaks our words: %#', (provider, capability, reply, result) => {
  const adapter = adapterOf({ provider });
  const asked = { email: 'ada.okafor@northmill.example' };
  expect(adapter.parseReply(capability, reply, asked)).toMatchObject({ outcome: 'verified', result });
});

it.each(lines)('a line of Twilio is what it says: %#', (reply, expected) => {
  const adapter = adapterOf(twilioLookupCases);
  expect(adapter.parseReply('line-type', reply, twilioLookupCases.asked)).toMatchObject({
    outcome: 'line',
    ...expected,
  });
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
