import { describeCondition } from './step-condition.ts';
import type { Waterfall, WaterfallStep } from './waterfall.ts';
import { FIELD_WORDS, fieldsInWords } from './waterfall-fields.ts';
import { givesOf, type OfferedCapability } from './waterfall-problems.ts';

const dollars = (micros: number): string => `$${(micros / 1_000_000).toFixed(2)}`;
const keyOf = (step: WaterfallStep): string =>
  `${step.provider}/${step.capability}${step.only === null ? '' : `/${step.only.join('+')}`}`;

/** `1st`, `2nd`, `3rd`, `11th`. */
export function ordinal(place: number): string {
  const teen = place % 100 >= 11 && place % 100 <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th');
  return `${place}${ending}`;
}

/** What changes from one version to another, a sentence each: `Hunter moved from 1st to 3rd for work e-mail`. */
export function waterfallChanges(
  before: Waterfall,
  after: Waterfall,
  offers: readonly OfferedCapability[],
): string[] {
  const nameOf = (step: Pick<WaterfallStep, 'provider' | 'capability'>) =>
    offers.find((offer) => offer.provider === step.provider && offer.capability === step.capability)
      ?.providerName ?? step.provider;
  return [
    ...after.wanted
      .filter((field) => !before.wanted.includes(field))
      .map((field) => `Wanted now: ${FIELD_WORDS[field]}`),
    ...before.wanted
      .filter((field) => !after.wanted.includes(field))
      .map((field) => `No longer wanted: ${FIELD_WORDS[field]}`),
    ...changesOfSteps(before, after, offers, nameOf),
    ...changesOfPolicy(before, after),
    ...changesOfLimits(before, after),
  ];
}

function changesOfSteps(
  before: Waterfall,
  after: Waterfall,
  offers: readonly OfferedCapability[],
  nameOf: (step: WaterfallStep) => string,
): string[] {
  const old = new Map(before.steps.map((step) => [keyOf(step), step]));
  const next = new Map(after.steps.map((step) => [keyOf(step), step]));
  const placed = (step: WaterfallStep, waterfall: Waterfall) => {
    const fields = fieldsOf(step, waterfall, offers);
    const [first] = fields;
    const place = first ? orderFor(first, waterfall, offers).indexOf(keyOf(step)) + 1 : 0;
    return place > 0 ? ` as ${ordinal(place)} for ${fieldsInWords(fields)}` : '';
  };
  return [
    ...after.steps
      .filter((step) => !old.has(keyOf(step)))
      .map((step) => `${nameOf(step)} added${placed(step, after)}`),
    ...before.steps
      .filter((step) => !next.has(keyOf(step)))
      .map((step) => `${nameOf(step)} removed (${step.capability.replaceAll('-', ' ')})`),
    ...moves(before, after, offers, (key) =>
      nameOf(next.get(key) ?? { provider: key, capability: '', only: null, when: [] }),
    ),
    ...after.steps.flatMap((step) => {
      const was = old.get(keyOf(step));
      if (!was || conditionsOf(was) === conditionsOf(step)) return [];
      return [`${nameOf(step)}: ${conditionsOf(step)} (was: ${conditionsOf(was)})`];
    }),
  ];
}

const conditionsOf = (step: WaterfallStep): string => step.when.map(describeCondition).join(', ') || 'always';

function fieldsOf(step: WaterfallStep, waterfall: Waterfall, offers: readonly OfferedCapability[]) {
  const offer = offers.find((one) => one.provider === step.provider && one.capability === step.capability);
  return offer && offer.kind !== 'verify_email' && offer.kind !== 'lookup_phone'
    ? givesOf(step, offer, waterfall.wanted)
    : [];
}

/** Keys of the steps that give a field, in their order. */
function orderFor(
  field: keyof typeof FIELD_WORDS,
  waterfall: Waterfall,
  offers: readonly OfferedCapability[],
): string[] {
  return waterfall.steps.filter((step) => fieldsOf(step, waterfall, offers).includes(field)).map(keyOf);
}

/** Who has moved, and from where to where among all that give the field; who only made room is not named. */
function moves(
  before: Waterfall,
  after: Waterfall,
  offers: readonly OfferedCapability[],
  nameOf: (key: string) => string,
): string[] {
  const said = new Map<string, string[]>();
  for (const field of after.wanted) {
    const [was, is] = [orderFor(field, before, offers), orderFor(field, after, offers)];
    const stayed = new Set(longestCommon(was, is));
    for (const key of is.filter((one) => was.includes(one) && !stayed.has(one))) {
      const move = `${nameOf(key)} moved from ${ordinal(was.indexOf(key) + 1)} to ${ordinal(is.indexOf(key) + 1)} for`;
      said.set(move, [...(said.get(move) ?? []), FIELD_WORDS[field]]);
    }
  }
  const own = [...said].map(([move, fields]) => `${move} ${fields.join(', ')}`);
  const [was, is] = [before.steps.map(keyOf), after.steps.map(keyOf)];
  const both = was.filter((key) => is.includes(key)).join() !== is.filter((key) => was.includes(key)).join();
  return own.length === 0 && both ? ['The order of steps that give different fields'] : own;
}

/** Longest common subsequence; of equally long ones the one that keeps the earlier steps of `b` in place last. */
function longestCommon(a: readonly string[], b: readonly string[]): string[] {
  const rows = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = rows[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const common: string[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const here = a[i];
    if (here !== undefined && here === b[j]) {
      common.push(here);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return common;
}

function changesOfPolicy({ policy: before }: Waterfall, { policy: after }: Waterfall): string[] {
  const types = (policy: Waterfall['policy']) => policy.mobileLineTypes.toSorted().join(', ') || 'none';
  const confidences = (policy: Waterfall['policy']) =>
    Object.entries(policy.leastConfidence)
      .map(
        ([field, least]) =>
          `${FIELD_WORDS[field as keyof typeof FIELD_WORDS]} ${Math.round((least ?? 0) * 100)} %`,
      )
      .toSorted()
      .join(', ') || 'none';
  return [
    ...(before.acceptCatchAll === after.acceptCatchAll
      ? []
      : [`Catch-all addresses ${after.acceptCatchAll ? 'count' : 'no longer count'} as usable`]),
    ...(before.checkPhones === after.checkPhones
      ? []
      : [
          after.checkPhones
            ? 'Mobiles count only once their line was looked up'
            : 'Mobiles count as their finders report them',
        ]),
    ...(types(before) === types(after)
      ? []
      : [`Usable line types of a mobile: ${types(after)} (was: ${types(before)})`]),
    ...(confidences(before) === confidences(after)
      ? []
      : [`Least confidence: ${confidences(after)} (was: ${confidences(before)})`]),
  ];
}

function changesOfLimits(before: Waterfall, after: Waterfall): string[] {
  const line = (label: string, of: (waterfall: Waterfall) => string) =>
    of(before) === of(after) ? [] : [`${label}: ${of(after)} (was: ${of(before)})`];
  return [
    ...line('One record may cost at most', ({ ceilingMicros }) => dollars(ceilingMicros)),
    ...line('Values live', ({ timeToLiveDays }) => `${timeToLiveDays} days`),
    ...line(
      'Other lifetimes',
      ({ timeToLiveOf }) =>
        [
          ...Object.entries(timeToLiveOf.fields).map(
            ([field, days]) => `${FIELD_WORDS[field as keyof typeof FIELD_WORDS]} ${days} days`,
          ),
          ...Object.entries(timeToLiveOf.seniorities).map(([seniority, days]) => `${seniority} ${days} days`),
        ]
          .toSorted()
          .join(', ') || 'none',
    ),
    ...line('Stops once', ({ enough }) =>
      enough.length === 0 ? 'everything wanted is usable' : `${fieldsInWords(enough)} is usable`,
    ),
    ...line('Deadline for inbound leads', ({ deadlineSeconds }) =>
      deadlineSeconds === null ? 'none' : `${deadlineSeconds} s`,
    ),
    ...line('Providers asked for an inbound lead', ({ race }) =>
      race === null
        ? 'one after the other'
        : `up to ${race.atOnce} at once, the next after ${race.afterSeconds} s`,
    ),
    ...line('While a provider is limited or broken', ({ whenLimited }) =>
      whenLimited === 'wait' ? 'the record waits for it' : 'the next one is asked',
    ),
    ...line('Lists are asked for', ({ bulk }) =>
      bulk ? 'many records in one request, where the vendor takes them' : 'one record in one request',
    ),
    ...line(
      'Asked in another order',
      ({ otherOrderShare }) => `${Math.round(otherOrderShare * 1_000) / 10} %`,
    ),
  ];
}
