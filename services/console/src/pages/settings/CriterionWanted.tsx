import { MultiSelect, NumberInput, TagsInput } from '@mantine/core';

import type { IcpCriterion } from '../../api/records.ts';
import { BEHAVIOURS } from './icp-words.ts';
import styles from './settings.module.css';

type Props = {
  criterion: IcpCriterion;
  name: string;
  editable: boolean;
  onChange: (criterion: IcpCriterion) => void;
};

/** What a criterion asks for: a range, some words, or what happened within some days. */
export function CriterionWanted(props: Props) {
  const { criterion } = props;
  if (criterion.kind === 'behaviour')
    return (
      <div className={styles.range}>
        <MultiSelect
          flex={1}
          aria-label={`Any of these: ${props.name}`}
          data={[...BEHAVIOURS]}
          value={criterion.anyOf}
          disabled={!props.editable}
          onChange={(anyOf) => props.onChange({ ...criterion, anyOf })}
        />
        <WithinDays
          {...props}
          days={criterion.withinDays}
          onDays={(withinDays) => props.onChange({ ...criterion, withinDays })}
        />
      </div>
    );
  if (criterion.kind === 'growing_department')
    return (
      <div className={styles.range}>
        <Words
          {...props}
          words={criterion.anyOf}
          onWords={(anyOf) => props.onChange({ ...criterion, anyOf })}
        />
        <WithinDays
          {...props}
          days={criterion.withinDays}
          onDays={(withinDays) => props.onChange({ ...criterion, withinDays })}
        />
      </div>
    );
  if ('anyOf' in criterion)
    return (
      <Words
        {...props}
        words={criterion.anyOf}
        onWords={(anyOf) =>
          props.onChange({
            ...criterion,
            anyOf:
              criterion.kind === 'country'
                ? anyOf.map((code) => code.trim().toUpperCase().slice(0, 2))
                : anyOf,
          })
        }
      />
    );
  return <Between {...props} criterion={criterion} />;
}

function Words(props: Props & { words: string[]; onWords: (words: string[]) => void }) {
  const hint = props.criterion.kind === 'country' ? 'Two letters, then Enter' : 'Type, then Enter';
  return (
    <TagsInput
      flex={1}
      aria-label={`Any of these: ${props.name}`}
      placeholder={props.editable && props.words.length === 0 ? hint : ''}
      value={props.words}
      disabled={!props.editable}
      acceptValueOnBlur
      onChange={props.onWords}
    />
  );
}

function WithinDays(props: Props & { days: number; onDays: (days: number) => void }) {
  return (
    <NumberInput
      w={104}
      aria-label={`Within how many days: ${props.name}`}
      suffix=" days"
      min={1}
      max={730}
      clampBehavior="strict"
      hideControls
      value={props.days}
      disabled={!props.editable}
      onChange={(days) => Number(days) >= 1 && props.onDays(Number(days))}
    />
  );
}

function Between(props: Props & { criterion: Extract<IcpCriterion, { min: number | null }> }) {
  const { criterion, editable, name, onChange } = props;
  const bound = (value: string | number) => (value === '' ? null : Number(value));
  const common = {
    hideControls: true,
    min: 0,
    thousandSeparator: ',',
    disabled: !editable,
    flex: 1,
  } as const;
  return (
    <div className={styles.range}>
      <NumberInput
        {...common}
        aria-label={`Least ${name}`}
        placeholder="No least"
        value={criterion.min ?? ''}
        onChange={(value) => onChange({ ...criterion, min: bound(value) })}
      />
      to
      <NumberInput
        {...common}
        aria-label={`Most ${name}`}
        placeholder="No most"
        value={criterion.max ?? ''}
        onChange={(value) => onChange({ ...criterion, max: bound(value) })}
      />
    </div>
  );
}
