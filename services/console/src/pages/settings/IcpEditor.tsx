import { ActionIcon, Checkbox, NativeSelect, NumberInput, TagsInput, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';

import type { Icp, IcpCriterion } from '../../api/records.ts';
import { blankCriterion, KINDS } from './icp-words.ts';
import styles from './settings.module.css';

type Kind = IcpCriterion['kind'];

/** The criteria with their weights; what is required excludes an account that misses it. */
export function IcpEditor(props: { icp: Icp; editable: boolean; onChange: (icp: Icp) => void }) {
  const { icp, editable, onChange } = props;
  const replace = (index: number, criterion: IcpCriterion) =>
    onChange({ ...icp, criteria: icp.criteria.with(index, criterion) });
  const missing = kindsOf().filter((kind) => !icp.criteria.some((criterion) => criterion.kind === kind));
  return (
    <>
      <TextInput
        label="Name"
        value={icp.name}
        disabled={!editable}
        onChange={(event) => onChange({ ...icp, name: event.currentTarget.value })}
        maw={420}
        maxLength={120}
      />
      {icp.criteria.map((criterion, index) => (
        <CriterionLine
          key={criterion.kind}
          criterion={criterion}
          editable={editable}
          onChange={(next) => replace(index, next)}
          onRemove={
            icp.criteria.length > 1
              ? () => onChange({ ...icp, criteria: icp.criteria.toSpliced(index, 1) })
              : null
          }
        />
      ))}
      {editable && missing.length > 0 && (
        <NativeSelect
          aria-label="Add a criterion"
          mt="sm"
          maw={220}
          value=""
          data={[
            { value: '', label: 'Add a criterion…' },
            ...missing.map((kind) => ({ value: kind, label: KINDS[kind] })),
          ]}
          onChange={(event) => {
            const kind = missing.find((one) => one === event.currentTarget.value);
            if (kind) onChange({ ...icp, criteria: [...icp.criteria, blankCriterion(kind)] });
          }}
        />
      )}
    </>
  );
}

function kindsOf(): Kind[] {
  return ['employee_count', 'industry', 'country', 'annual_revenue_usd'];
}

function CriterionLine(props: {
  criterion: IcpCriterion;
  editable: boolean;
  onChange: (criterion: IcpCriterion) => void;
  onRemove: (() => void) | null;
}) {
  const { criterion, editable, onChange } = props;
  const name = KINDS[criterion.kind];
  return (
    <div className={styles.criterion}>
      <div className={styles.criterionName}>{name}</div>
      <div className={styles.criterionWanted}>
        <Wanted criterion={criterion} editable={editable} onChange={onChange} />
      </div>
      <NumberInput
        aria-label={`Weight of ${name}`}
        suffix=" ×"
        min={0}
        max={10}
        value={criterion.weight}
        disabled={!editable}
        onChange={(weight) => onChange({ ...criterion, weight: Number(weight) })}
      />
      <Checkbox
        className={styles.criterionRequired ?? ''}
        label="Required"
        checked={criterion.required}
        disabled={!editable}
        onChange={(event) => onChange({ ...criterion, required: event.currentTarget.checked })}
      />
      {editable && props.onRemove ? (
        <ActionIcon aria-label={`Remove ${name}`} onClick={props.onRemove}>
          <IconX size={15} aria-hidden />
        </ActionIcon>
      ) : (
        <span />
      )}
    </div>
  );
}

function Wanted(props: {
  criterion: IcpCriterion;
  editable: boolean;
  onChange: (criterion: IcpCriterion) => void;
}) {
  const { criterion, editable, onChange } = props;
  if ('anyOf' in criterion) {
    const country = criterion.kind === 'country';
    return (
      <TagsInput
        aria-label={`Any of these: ${KINDS[criterion.kind]}`}
        placeholder={editable ? (country ? 'Two letters, then Enter' : 'Type, then Enter') : ''}
        value={criterion.anyOf}
        disabled={!editable}
        onChange={(anyOf) =>
          onChange({
            ...criterion,
            anyOf: country ? anyOf.map((code) => code.trim().toUpperCase().slice(0, 2)) : anyOf,
          })
        }
      />
    );
  }
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
        aria-label={`Least ${KINDS[criterion.kind]}`}
        placeholder="No least"
        value={criterion.min ?? ''}
        onChange={(value) => onChange({ ...criterion, min: bound(value) })}
      />
      to
      <NumberInput
        {...common}
        aria-label={`Most ${KINDS[criterion.kind]}`}
        placeholder="No most"
        value={criterion.max ?? ''}
        onChange={(value) => onChange({ ...criterion, max: bound(value) })}
      />
    </div>
  );
}
