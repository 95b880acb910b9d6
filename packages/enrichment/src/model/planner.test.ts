import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Capability, WantedField } from '../provider-port.ts';
import { planNext, priceMicros, type PlanInput, type PlannableStep } from './planner.ts';
import { DEFAULT_WATERFALL } from './presets.ts';
import { failsBecause } from './step-condition.ts';

const capability = (
  id: string,
  gives: WantedField[],
  needs: Capability['needs'],
  credits = 1,
  kind: Capability['kind'] = 'find_person',
): Capability => ({
  id,
  kind,
  mode: 'sync',
  batchMax: 1,
  gives,
  needs,
  price: {
    credits,
    microsPerCredit: 10_000,
    charged: 'on_hit',
    bills: ['hit'],
    again: 'charged',
    readOn: '2026-11-23',
  },
  timeoutMs: 1_000,
});
const step = (provider: string, of: Capability, more: Partial<PlannableStep> = {}): PlannableStep => ({
  provider,
  capability: of,
  only: null,
  when: [],
  hasCredential: true,
  barred: null,
  state: null,
  ...more,
});
const profile = step(
  'pdl',
  capability(
    'person',
    ['work_email', 'mobile', 'title'],
    [['email'], ['givenName', 'familyName', 'companyDomain']],
  ),
);
const verify = step('zb', capability('validate', [], [['email']], 1, 'verify_email'));
const mobile = step('lm', capability('mobile', ['mobile'], [['linkedinUrl'], ['email']], 5));
const base: PlanInput = {
  waterfall: { ...DEFAULT_WATERFALL, wanted: ['work_email', 'mobile', 'title'], ceilingMicros: 1_000_000 },
  steps: [profile, verify, mobile],
  known: { email: 'a@b.example', givenName: 'A', familyName: 'B', companyDomain: 'b.example' },
  usable: [],
  emailToVerify: 'a@b.example',
  phoneToCheck: null,
  spentMicros: 0,
  stopped: false,
  facts: { country: null, seniority: null, industry: null, employees: null },
  elapsedSeconds: null,
  holdsForAnswers: true,
};

it('passes over a provider that the workspace does not ask about this person, with the reason', () => {
  const barred = { ...profile, barred: 'this workspace does not ask it about people in DE' };
  const plan = planNext({ ...base, emailToVerify: null, steps: [barred, mobile] });
  expect(plan).toMatchObject({ next: { provider: 'lm' }, skipped: [{ reason: barred.barred }] });
});

describe('a number whose line is not known', () => {
  const lookup = step('tw', capability('line', [], [['phone']], 1, 'lookup_phone'));
  const found = { ...base, known: { ...base.known, phone: '+15551230000' }, phoneToCheck: '+15551230000' };
  const steps = [mobile, lookup];

  it('is looked up before another one is looked for', () => {
    expect(planNext({ ...found, steps }).next).toMatchObject({ provider: 'tw', wanted: ['mobile'] });
    expect(planNext({ ...base, steps }).next).toMatchObject({ provider: 'lm' });
  });

  it('is looked up once: a lookup that did not answer leaves it unusable', () => {
    const failed = planNext({ ...found, steps: [mobile, { ...lookup, state: 'failed' }] });
    expect(failed).toMatchObject({ next: null, complete: false });
  });
});

describe('a vendor that answers later', () => {
  const waiting = { ...profile, state: 'waiting' as const };

  it('is waited for, for what it may give; everything else goes on', () => {
    const held = planNext({ ...base, steps: [waiting, verify, mobile] });
    expect(held.next).toMatchObject({ provider: 'zb' });
    const done = planNext({ ...base, emailToVerify: null, steps: [waiting, mobile] });
    expect(done).toMatchObject({
      next: null,
      waits: true,
      complete: false,
      stop: 'waits for the answer of pdl',
    });
  });

  it('is not waited for in a race, nor for what nobody wants', () => {
    const steps = [waiting, mobile];
    expect(planNext({ ...base, steps, holdsForAnswers: false }).next).toMatchObject({ provider: 'lm' });
    const other = { ...waiting, capability: { ...profile.capability, gives: ['industry' as const] } };
    expect(planNext({ ...base, steps: [other, mobile] }).next).toMatchObject({ provider: 'lm' });
  });
});

describe('planNext', () => {
  it('asks the first step that can add something, and not for the address that is known', () => {
    expect(planNext(base)).toMatchObject({ next: { provider: 'pdl', wanted: ['mobile', 'title'] } });
  });

  it('verifies before anything counts', () => {
    const plan = planNext({
      ...base,
      steps: [{ ...profile, state: 'answered' }, verify, mobile],
      usable: ['title'],
    });
    expect(plan).toMatchObject({ next: { provider: 'zb' } });
  });

  it('stops when everything wanted is usable', () => {
    expect(planNext({ ...base, usable: ['work_email', 'mobile', 'title'] })).toMatchObject({
      next: null,
      complete: true,
    });
  });

  it('passes over a provider whose earlier call may have been charged, and goes on', () => {
    const plan = planNext({ ...base, steps: [{ ...profile, state: 'unknown' }, verify, mobile] });
    expect(plan).toMatchObject({ next: { provider: 'zb' } });
    expect(plan.skipped[0]?.reason).toContain('may have been charged');
  });

  it('names the missing input of a step that it passes over', () => {
    const plan = planNext({ ...base, known: {}, emailToVerify: null });
    expect(plan.next).toBeNull();
    expect(plan.skipped[0]?.reason).toBe('needs email, or givenName + familyName + companyDomain');
  });

  it('does nothing once paid calls are stopped', () => {
    expect(planNext({ ...base, stopped: true })).toMatchObject({
      next: null,
      stop: 'paid calls are stopped in this workspace',
    });
  });

  it('passes over a step whose condition fails, with the reason', () => {
    const when = [{ about: 'country', is: 'one_of', values: ['DE', 'FR'], ifUnknown: false }] as const;
    const steps = [
      { ...profile, when: when.map((one) => ({ ...one, values: [...one.values] })) },
      verify,
      mobile,
    ];
    const reasonFor = (country: string | null) =>
      planNext({ ...base, steps, facts: { ...base.facts, country } }).skipped[0]?.reason;
    expect(reasonFor('us')).toBe('only if country is DE or FR; it is us');
    expect(reasonFor(null)).toBe('only if country is DE or FR; it is not known');
    expect(reasonFor('de')).toBeUndefined();
  });

  it('asks a step that is for one field only while that field is missing', () => {
    const steps = [{ ...profile, only: ['mobile' as const] }, verify];
    expect(planNext({ ...base, steps }).next).toMatchObject({ provider: 'pdl' });
    const plan = planNext({ ...base, steps, usable: ['mobile'] });
    expect(plan.next).toMatchObject({ provider: 'zb' });
    expect(plan.skipped[0]?.reason).toBe('asked only for mobile');
  });

  it('stops once enough is usable, and when the deadline has passed', () => {
    const waterfall = { ...base.waterfall, enough: ['work_email' as const], deadlineSeconds: 15 };
    expect(planNext({ ...base, waterfall, usable: ['work_email'] })).toMatchObject({
      next: null,
      complete: true,
      stop: 'enough is known and usable: work e-mail',
    });
    expect(planNext({ ...base, waterfall, elapsedSeconds: 14 }).next).not.toBeNull();
    expect(planNext({ ...base, waterfall, elapsedSeconds: 15 })).toMatchObject({
      next: null,
      complete: false,
      stop: 'the deadline of 15 s has passed',
    });
    expect(planNext({ ...base, waterfall, elapsedSeconds: 14.9 })).toMatchObject({
      next: null,
      complete: false,
      stop: 'the deadline of 15 s leaves no time for another answer',
    });
  });

  it('never calls a step whose condition fails, whatever is known', () => {
    const condition = fc.oneof(
      fc.record({
        about: fc.constantFrom('country' as const, 'seniority' as const, 'industry' as const),
        is: fc.constantFrom('one_of' as const, 'none_of' as const),
        values: fc.subarray(['de', 'us', 'vp', 'banking'], { minLength: 1 }),
        ifUnknown: fc.boolean(),
      }),
      fc.record({
        about: fc.constant('company_size' as const),
        min: fc.option(fc.integer({ min: 0, max: 500 })),
        max: fc.option(fc.integer({ min: 0, max: 500 })),
        ifUnknown: fc.boolean(),
      }),
      fc.record({
        about: fc.constant('input' as const),
        has: fc.subarray(['email' as const, 'linkedinUrl' as const], { minLength: 1 }),
      }),
    );
    const text = fc.option(fc.constantFrom('DE', 'us', 'VP', 'banking'));
    const facts = fc.record({
      country: text,
      seniority: text,
      industry: text,
      employees: fc.option(fc.nat(600)),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(condition, { maxLength: 3 }), { maxLength: 6 }),
        facts,
        (conditions, known) => {
          const steps = conditions.map((when, at) => ({ ...profile, provider: `p${at}`, when }));
          const plan = planNext({ ...base, steps, facts: known });
          for (const [at, when] of conditions.entries()) {
            const holds = when.every((one) => failsBecause(one, known, base.known) === null);
            const asked = plan.next?.provider === `p${at}`;
            if (asked) expect(holds).toBe(true);
            if (plan.skipped.some(({ provider }) => provider === `p${at}`)) expect(holds).toBe(false);
          }
        },
      ),
    );
  });

  it('never goes above the ceiling, never asks twice, and ends', () => {
    const fields = fc.subarray<WantedField>(['work_email', 'mobile', 'title', 'industry']);
    const anyStep = fc.record({
      gives: fields,
      credits: fc.integer({ min: 1, max: 40 }),
      verify: fc.boolean(),
      hits: fields,
    });
    fc.assert(
      fc.property(
        fc.array(anyStep, { maxLength: 8 }),
        fc.integer({ min: 0, max: 600_000 }),
        (defined, ceilingMicros) => {
          const states = new Map<string, 'answered'>();
          let usable: WantedField[] = [];
          let spentMicros = 0;
          const asked: string[] = [];
          for (let round = 0; ; round += 1) {
            expect(round).toBeLessThanOrEqual(defined.length);
            const steps = defined.map((one, index) =>
              step(
                `p${index}`,
                capability(
                  `c${index}`,
                  one.gives,
                  [['email']],
                  one.credits,
                  one.verify ? 'verify_email' : 'find_person',
                ),
                {
                  state: states.get(`p${index}`) ?? null,
                },
              ),
            );
            const plan = planNext({
              ...base,
              waterfall: { ...base.waterfall, ceilingMicros },
              steps,
              usable,
              spentMicros,
            });
            if (plan.next === null) break;
            const { provider } = plan.next;
            expect(asked).not.toContain(provider);
            asked.push(provider);
            states.set(provider, 'answered');
            spentMicros += priceMicros(plan.next.capability);
            expect(spentMicros).toBeLessThanOrEqual(ceilingMicros);
            usable = [...new Set([...usable, ...(defined[Number(provider.slice(1))]?.hits ?? [])])];
          }
        },
      ),
    );
  });
});
