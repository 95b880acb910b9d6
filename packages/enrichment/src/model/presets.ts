import type { StepCondition } from './step-condition.ts';
import type { Waterfall, WaterfallStep } from './waterfall.ts';

const step = (provider: string, capability: string, more: Partial<WaterfallStep> = {}): WaterfallStep => ({
  provider,
  capability,
  only: null,
  when: [],
  ...more,
});

/** The European Economic Area, Switzerland and the United Kingdom. */
const EUROPE =
  'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(
    ' ',
  );
const outsideEurope: StepCondition = { about: 'country', is: 'none_of', values: EUROPE, ifUnknown: false };
const atLeast = (min: number): StepCondition => ({ about: 'company_size', min, max: null, ifUnknown: false });

/** What a new workspace starts with: a profile first, then verification, then what is still missing. */
export const DEFAULT_WATERFALL: Waterfall = {
  wanted: ['work_email', 'mobile', 'title', 'company_size', 'industry'],
  steps: [
    step('people-data-labs', 'person-enrich'),
    step('leadmagic', 'email-finder'),
    step('zerobounce', 'validate'),
    step('leadmagic', 'mobile-finder'),
  ],
  policy: { acceptCatchAll: false, mobileLineTypes: ['mobile'], checkPhones: false, leastConfidence: {} },
  enough: [],
  ceilingMicros: 1_000_000,
  timeToLiveDays: 90,
  timeToLiveOf: { fields: {}, seniorities: {} },
  deadlineSeconds: null,
  race: null,
  whenLimited: 'pass_over',
  bulk: true,
  otherOrderShare: 0,
};

export type WaterfallTemplate = { key: string; name: string; description: string; body: Waterfall };

/** Waterfalls to start from. Each is a whole one; who is asked can be changed before it is published. */
export const WATERFALL_TEMPLATES: readonly WaterfallTemplate[] = [
  {
    key: 'smb',
    name: 'SMB',
    description: 'Cheap finders first, the address checked free before it is checked for money, no mobile.',
    body: {
      ...DEFAULT_WATERFALL,
      wanted: ['work_email', 'title', 'company_size'],
      steps: [
        step('leadmagic', 'email-finder'),
        step('hunter', 'email-finder'),
        step('prospeo', 'enrich-person'),
        step('email-check', 'check'),
        step('millionverifier', 'verify'),
        step('company-site', 'site'),
      ],
      enough: ['work_email'],
      ceilingMicros: 150_000,
      otherOrderShare: 0.02,
    },
  },
  {
    key: 'enterprise',
    name: 'Enterprise',
    description:
      'Full profiles and mobiles for large companies, a second opinion for everybody else; executives are looked up again sooner.',
    body: {
      ...DEFAULT_WATERFALL,
      wanted: ['work_email', 'mobile', 'title', 'seniority', 'company_size', 'industry'],
      steps: [
        step('people-data-labs', 'person-enrich'),
        step('apollo', 'people-match'),
        step('leadmagic', 'email-finder'),
        step('zerobounce', 'validate'),
        step('leadmagic', 'mobile-finder'),
        step('prospeo', 'enrich-mobile', { only: ['mobile'], when: [atLeast(1_000)] }),
      ],
      ceilingMicros: 1_500_000,
      timeToLiveOf: { fields: {}, seniorities: { cxo: 45, vp: 45 } },
      otherOrderShare: 0.02,
    },
  },
  {
    key: 'eu-first',
    name: 'EU first',
    description: 'European vendors first; those in the United States only for people outside Europe.',
    body: {
      ...DEFAULT_WATERFALL,
      steps: [
        step('prospeo', 'enrich-person'),
        step('findymail', 'search-name'),
        step('hunter', 'email-finder'),
        step('people-data-labs', 'person-enrich', { when: [outsideEurope] }),
        step('millionverifier', 'verify'),
        step('prospeo', 'enrich-mobile', { only: ['mobile'] }),
      ],
      timeToLiveDays: 60,
      otherOrderShare: 0.02,
    },
  },
  {
    key: 'mobile-heavy',
    name: 'Mobile first',
    description:
      'For teams that call: three sources of mobiles, each number looked up before it counts, an address that is good enough for a follow-up.',
    body: {
      ...DEFAULT_WATERFALL,
      policy: { ...DEFAULT_WATERFALL.policy, checkPhones: true },
      wanted: ['mobile', 'work_email', 'title', 'linkedin_url'],
      steps: [
        step('people-data-labs', 'person-enrich'),
        step('leadmagic', 'email-finder'),
        step('zerobounce', 'validate'),
        step('leadmagic', 'mobile-finder'),
        step('findymail', 'search-phone'),
        step('prospeo', 'enrich-mobile', { only: ['mobile'] }),
        step('twilio-lookup', 'line-type'),
      ],
      enough: ['mobile', 'work_email'],
      ceilingMicros: 1_500_000,
      otherOrderShare: 0.02,
    },
  },
];
