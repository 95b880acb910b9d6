import { describe, expect, it } from 'vitest';

import { DEFAULT_WATERFALL } from './presets.ts';
import type { StepCondition } from './step-condition.ts';
import type { Waterfall, WaterfallStep } from './waterfall.ts';
import { waterfallChanges } from './waterfall-changes.ts';
import { waterfallProblems, type OfferedCapability } from './waterfall-problems.ts';

const offer = (provider: string, more: Partial<OfferedCapability> = {}): OfferedCapability => ({
  provider,
  providerName: provider.toUpperCase(),
  capability: 'find',
  kind: 'find_person',
  mode: 'sync',
  gives: ['work_email'],
  needs: [['givenName', 'companyDomain']],
  priceMicros: 10_000,
  hasCredential: true,
  ...more,
});
const OFFERS = [
  offer('a', { gives: ['work_email', 'title'] }),
  offer('b'),
  offer('c'),
  offer('check', { kind: 'verify_email', gives: [], needs: [['email']] }),
  offer('free', { kind: 'verify_email', gives: [], needs: [['email']], priceMicros: 0 }),
  offer('links', { gives: ['linkedin_url'], needs: [['phone']] }),
  offer('phones', { gives: ['mobile'], needs: [['linkedinUrl']] }),
  offer('mobiles', { gives: ['mobile'] }),
  offer('format', { kind: 'lookup_phone', gives: [], needs: [['phone']], priceMicros: 0 }),
  offer('later', { mode: 'webhook' }),
  offer('search', { kind: 'search_people' }),
  offer('keyless', { hasCredential: false }),
];
const step = (provider: string, more: Partial<WaterfallStep> = {}): WaterfallStep => ({
  provider,
  capability: 'find',
  only: null,
  when: [],
  ...more,
});
const waterfall = (steps: WaterfallStep[], more: Partial<Waterfall> = {}): Waterfall => ({
  ...DEFAULT_WATERFALL,
  wanted: ['work_email'],
  steps,
  ...more,
});
const refusals = (steps: WaterfallStep[], more: Partial<Waterfall> = {}) =>
  waterfallProblems(waterfall(steps, more), OFFERS)
    .filter(({ severity }) => severity === 'refused')
    .map(({ problem }) => problem);
const country = (is: 'one_of' | 'none_of', ...values: string[]): StepCondition => ({
  about: 'country',
  is,
  values,
  ifUnknown: false,
});

describe('what can’t be published', () => {
  it('finds nothing wrong with a sound waterfall', () => {
    expect(waterfallProblems(waterfall([step('a'), step('b'), step('check')]), OFFERS)).toEqual([]);
  });

  it.each<[string, string[], WaterfallStep[], Partial<Waterfall>?]>([
    ['no verification', ['no step verifies addresses, so none would ever be usable'], [step('a')]],
    [
      'only the free check',
      ['no step verifies addresses, so none would ever be usable'],
      [step('a'), step('free')],
    ],
    [
      'verification for some only',
      ['addresses are verified only if country is DE: all others would never be usable'],
      [step('a'), step('check', { when: [country('one_of', 'DE')] })],
    ],
    [
      'mobiles that nobody looks up though all have to be',
      ['mobiles count only once their line is looked up, but no step looks it up'],
      [step('mobiles'), step('format')],
      { wanted: ['mobile'], policy: { ...DEFAULT_WATERFALL.policy, checkPhones: true } },
    ],
    ['a removed credential', ['KEYLESS has no key in this workspace'], [step('keyless'), step('check')]],
    [
      'an unknown capability',
      ['a offers no fly'],
      [step('b'), { ...step('a'), capability: 'fly' }, step('check')],
    ],
    [
      'a search',
      ['SEARCH does not fill in what a known person lacks with this'],
      [step('a'), step('search'), step('check')],
    ],
    [
      'a field nobody gives',
      ['no step gives the revenue range'],
      [step('a'), step('check')],
      { wanted: ['work_email', 'revenue_range'] },
    ],
    [
      'a step that gives nothing wanted',
      ['B gives nothing that is wanted'],
      [step('a'), step('b')],
      { wanted: ['title'] },
    ],
    ['the same step twice', ['B is asked for the same twice'], [step('b'), step('b'), step('check')]],
    [
      'conditions that exclude each other',
      ['B its conditions on country exclude each other'],
      [step('b', { when: [country('one_of', 'DE'), country('none_of', 'DE')] }), step('check')],
    ],
    [
      'bounds the wrong way round',
      ['B asks for at least 9 and at most 2 employees: no company has that'],
      [step('b', { when: [{ about: 'company_size', min: 9, max: 2, ifUnknown: true }] }), step('check')],
    ],
    [
      'steps that wait for each other',
      [
        'LINKS waits for the phone number, which only steps that wait as well could give: a circle',
        'PHONES waits for the LinkedIn URL, which only steps that wait as well could give: a circle',
      ],
      [step('links'), step('phones')],
      { wanted: ['linkedin_url', 'mobile'] },
    ],
    [
      'a condition on what nobody finds out',
      ['B needs the seniority, which no step gives'],
      [
        step('b', { when: [{ about: 'seniority', is: 'one_of', values: ['vp'], ifUnknown: false }] }),
        step('check'),
      ],
    ],
    [
      'a price above the ceiling',
      ['B costs more than one record may', 'CHECK costs more than one record may'],
      [step('b'), step('check')],
      { ceilingMicros: 1 },
    ],
    [
      'an end that is not wanted',
      ['stops once title is usable, but it is not wanted'],
      [step('b'), step('check')],
      { enough: ['title'] },
    ],
  ])('refuses %s', (_, problems, steps, more = {}) => {
    expect(refusals(steps, more)).toEqual(problems);
  });

  it('only warns of a vendor that answers later, and only where a deadline holds', () => {
    const steps = [step('a'), step('later'), step('check')];
    expect(waterfallProblems(waterfall(steps), OFFERS)).toEqual([]);
    expect(waterfallProblems(waterfall(steps, { deadlineSeconds: 15 }), OFFERS)).toMatchObject([
      { severity: 'warning', field: 'body.steps.1' },
    ]);
  });
});

describe('what changes', () => {
  const before = waterfall([step('a'), step('b'), step('c'), step('check')]);
  const changes = (steps: WaterfallStep[], more: Partial<Waterfall> = {}) =>
    waterfallChanges(before, waterfall(steps, more), OFFERS);

  it('says nothing of the same', () => {
    expect(changes(before.steps)).toEqual([]);
  });

  it('names the one that moved, not those that made room', () => {
    expect(changes([step('b'), step('c'), step('a'), step('check')])).toEqual([
      'A moved from 1st to 3rd for work e-mail',
    ]);
  });

  it('tells what was added, removed and put under a condition', () => {
    expect(
      changes([step('a'), step('later'), step('c', { when: [country('one_of', 'DE')] }), step('check')]),
    ).toEqual([
      'LATER added as 2nd for work e-mail',
      'B removed (find)',
      'C: only if country is DE (was: always)',
    ]);
  });

  it('tells policy and limits with what they were', () => {
    const policy = { ...before.policy, acceptCatchAll: true };
    expect(changes(before.steps, { policy, ceilingMicros: 500_000, otherOrderShare: 0.02 })).toEqual([
      'Catch-all addresses count as usable',
      'One record may cost at most: $0.50 (was: $1.00)',
      'Asked in another order: 2 % (was: 0 %)',
    ]);
  });
});
