import { PRIORITY_TERMS, TERM_LABELS } from '@penstock/scoring/model/priority';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';

import type { QueryOutput } from '../../api/procedures.ts';
import { plural } from '../../format/words.ts';
import type { ShownChange } from './ChangeList.tsx';

type IntentModel = QueryOutput<'scores.model'>['published'];
type Kinds = IntentModel['kinds'];

/** Days after which news of a kind counts half where a model does not say. */
export const usualHalfLife = (kind: string): number =>
  Object.entries(SIGNAL_KINDS).find(([known]) => known === kind)?.[1].halfLifeDays ?? 30;

/** What a draft of the model changes, line by line. */
export function modelChanges(published: IntentModel, draft: IntentModel): ShownChange[] {
  return [
    ...kindChanges(published.kinds, draft.kinds, ''),
    ...kindChanges(published.risk, draft.risk, 'risk, '),
    ...priorityChanges(published.priority, draft.priority),
  ];
}

function kindChanges(before: Kinds, after: Kinds, group: string): ShownChange[] {
  const gone = Object.entries(before).filter(([kind]) => !after[kind]);
  return [
    ...gone.map(([, { label }]) => ({ sign: '−', text: group + label })),
    ...Object.entries(after).flatMap(([kind, now]): ShownChange[] => {
      const was = before[kind];
      if (!was) return [{ sign: '+', text: group + now.label }];
      const fades = ({ halfLifeDays = usualHalfLife(kind) }: typeof now) => days(halfLifeDays);
      return changed(group + now.label, [
        ['at most', pointsOf(was.cap), pointsOf(now.cap)],
        ['half at a strength of', String(was.saturation), String(now.saturation)],
        ['counts half after', fades(was), fades(now)],
      ]);
    }),
  ];
}

function priorityChanges(before: IntentModel['priority'], after: IntentModel['priority']): ShownChange[] {
  const currencies = [
    ...new Set([...Object.keys(before.halfValueMinor), ...Object.keys(after.halfValueMinor)]),
  ];
  const worth = (formula: IntentModel['priority'], currency: string) => {
    const minor = formula.halfValueMinor[currency];
    return minor === undefined ? 'nothing' : Math.round(minor / 100).toLocaleString('en-US');
  };
  return [
    ...PRIORITY_TERMS.flatMap((term) =>
      changed('Priority', [
        [`weight of ${TERM_LABELS[term].toLowerCase()}`, percent(before[term]), percent(after[term])],
      ]),
    ),
    ...changed('Priority', [
      ['news half as fresh after', days(before.freshnessHalfLifeDays), days(after.freshnessHalfLifeDays)],
      ...currencies.map(
        (currency) =>
          [`half the points at ${currency}`, worth(before, currency), worth(after, currency)] as const,
      ),
    ]),
  ];
}

const days = (count: number): string => plural(count, 'day');
const pointsOf = (cap: number): string => `${Math.round(cap * 100)} points`;
const percent = (share: number): string => `${Math.round(share * 100)} %`;

type Measure = readonly [what: string, before: string, after: string];

/** One line of a thing, with each of its measures that differ; none if nothing does. */
function changed(name: string, measures: readonly Measure[]): ShownChange[] {
  const said = measures
    .filter(([, before, after]) => before !== after)
    .map(([what, before, after]) => `${what} ${before} → ${after}`);
  return said.length === 0 ? [] : [{ sign: '±', text: `${name}: ${said.join(', ')}` }];
}
