import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';

import type { AccountList, ListFilter } from '../../api/records.ts';
import { countryName, plural } from '../../format/words.ts';
import { Tag } from '../../ui/Tag.tsx';
import { describeCriterion } from '../settings/icp-words.ts';

/** Whether a list refills, is being looked through as a whole, or stands still. */
export function ListState({ list }: { list: Pick<AccountList, 'state' | 'sweeping'> }) {
  if (list.state === 'paused')
    return (
      <Tag tone="warn" shape="square">
        Paused
      </Tag>
    );
  return list.sweeping ? (
    <Tag tone="accent" shape="half">
      Looking through
    </Tag>
  ) : (
    <Tag tone="good">Refills</Tag>
  );
}

const KINDS: Readonly<Record<string, { label: string }>> = SIGNAL_KINDS;

/** What a list asks for, as short phrases. */
export function filterInWords(filter: ListFilter, fileName: (id: string) => string): string[] {
  const { minFit, minSignal, minRisk, kinds, newWithinDays, countries, owners, teams, deals } = filter;
  const within = newWithinDays === null ? '' : ` within ${plural(newWithinDays, 'day')}`;
  return [
    ...filter.criteria.map((criterion) => {
      const told = describeCriterion({ ...criterion, weight: 1, required: false });
      return told.replace(', weight 1', '').replace(', excluded', ' is excluded');
    }),
    ...(minFit === null ? [] : [`Fit at least ${minFit}`]),
    ...(minSignal === null ? [] : [`Signal score at least ${minSignal}`]),
    ...(minRisk === null ? [] : [`Risk at least ${minRisk}`]),
    ...(kinds.length > 0 || within !== ''
      ? [`${kinds.map((kind) => KINDS[kind]?.label ?? kind).join(' or ') || 'Any signal'}${within}`]
      : []),
    ...(countries.length > 0
      ? [`In ${countries.map((code) => countryName(code) ?? code).join(' or ')}`]
      : []),
    ...(owners.length > 0 ? [`Owned by ${plural(owners.length, 'person', 'people')}`] : []),
    ...(teams.length > 0 ? [`Owned by ${plural(teams.length, 'team')}`] : []),
    ...(deals === 'any' ? [] : [deals === 'with_open' ? 'With an open deal' : 'Without an open deal']),
    ...(filter.files.length > 0 ? [`Named in ${filter.files.map(fileName).join(' or ')}`] : []),
  ];
}

/** A filter that asks for nothing yet. */
export const ASKS_NOTHING: ListFilter = {
  deals: 'any',
  minSignal: null,
  minRisk: null,
  minFit: null,
  kinds: [],
  newWithinDays: null,
  owners: [],
  teams: [],
  countries: [],
  criteria: [],
  files: [],
};

export const NO_FOLLOW_UP: AccountList['followUp'] = {
  queue: null,
  people: null,
  enrich: false,
  budgetMicros: null,
};
