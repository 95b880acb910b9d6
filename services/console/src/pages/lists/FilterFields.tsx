import { MultiSelect, NativeSelect, NumberInput } from '@mantine/core';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';

import { useAnswer } from '../../api/hooks.ts';
import type { ListFilter } from '../../api/records.ts';
import { WhoseItems } from '../settings/WhoseItems.tsx';
import { CriteriaFields } from './CriteriaFields.tsx';
import styles from './lists.module.css';

const KINDS = Object.entries(SIGNAL_KINDS).map(([value, { label }]) => ({ value, label }));
const DEALS = [
  { value: 'any', label: 'With or without' },
  { value: 'without_open', label: 'Without an open deal' },
  { value: 'with_open', label: 'With an open deal' },
] as const;
const orNull = (value: string | number): number | null => (value === '' ? null : Number(value));
const SCORES = [
  ['minFit', 'Fit at least'],
  ['minSignal', 'Signal score at least'],
  ['minRisk', 'Risk at least'],
] as const;

/** What a list asks for: all of it has to be met. */
export function FilterFields(props: { filter: ListFilter; onChange: (filter: ListFilter) => void }) {
  const { filter } = props;
  const narrow = (change: Partial<ListFilter>) => props.onChange({ ...filter, ...change });
  const files = useAnswer('lists.files', {});
  return (
    <fieldset className={styles.group}>
      <legend>Accounts that meet all of this</legend>
      <CriteriaFields criteria={filter.criteria} onChange={(criteria) => narrow({ criteria })} />
      <div className={styles.fields}>
        <MultiSelect
          label="Signals of these kinds"
          placeholder={filter.kinds.length === 0 ? 'any' : ''}
          data={KINDS}
          value={filter.kinds}
          searchable
          onChange={(kinds) => narrow({ kinds })}
        />
        <NumberInput
          label="Within days"
          placeholder="whenever"
          min={1}
          max={365}
          clampBehavior="strict"
          value={filter.newWithinDays ?? ''}
          onChange={(value) => narrow({ newWithinDays: orNull(value) })}
        />
        {SCORES.map(([key, label]) => (
          <NumberInput
            key={key}
            label={label}
            placeholder="any"
            min={0}
            max={100}
            clampBehavior="strict"
            value={filter[key] ?? ''}
            onChange={(value) => narrow({ [key]: orNull(value) })}
          />
        ))}
        <NativeSelect
          label="Open deals"
          value={filter.deals}
          data={[...DEALS]}
          onChange={({ currentTarget }) =>
            narrow({ deals: DEALS.find(({ value }) => value === currentTarget.value)?.value ?? 'any' })
          }
        />
        <WhoseItems filter={filter} onChange={narrow} />
        <MultiSelect
          label="Named in files of target accounts"
          placeholder={filter.files.length === 0 ? 'in any or none' : ''}
          data={(files.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={filter.files}
          onChange={(chosen) => narrow({ files: chosen })}
        />
      </div>
    </fieldset>
  );
}
