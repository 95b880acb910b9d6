import { ActionIcon, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';

import type { Icp, IcpCriterion } from '../../api/records.ts';
import { CriterionWanted } from './CriterionWanted.tsx';
import { blankCriterion, CRITERION_KINDS, KNOWN_FROM, nameOf } from './icp-words.ts';
import styles from './settings.module.css';

const MOST = 20;

/** The criteria with their weights; what is required excludes who misses it, what is excluded excludes who has it. */
export function IcpEditor(props: { icp: Icp; editable: boolean; onChange: (icp: Icp) => void }) {
  const { icp, editable, onChange } = props;
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
          // Two criteria may be of one kind; their place tells them apart.
          key={`${criterion.kind} ${index}`}
          criterion={criterion}
          name={numbered(icp.criteria, index)}
          editable={editable}
          onChange={(next) => onChange({ ...icp, criteria: icp.criteria.with(index, next) })}
          onRemove={
            icp.criteria.length > 1
              ? () => onChange({ ...icp, criteria: icp.criteria.toSpliced(index, 1) })
              : null
          }
        />
      ))}
      {editable && icp.criteria.length < MOST && (
        <NativeSelect
          aria-label="Add a criterion"
          mt="sm"
          maw={260}
          value=""
          data={[
            { value: '', label: 'Add a criterion…' },
            ...CRITERION_KINDS.map((kind) => ({ value: kind, label: nameOf(kind) })),
          ]}
          onChange={(event) => {
            const kind = CRITERION_KINDS.find((one) => one === event.currentTarget.value);
            if (kind) onChange({ ...icp, criteria: [...icp.criteria, blankCriterion(kind)] });
          }}
        />
      )}
    </>
  );
}

function numbered(criteria: readonly IcpCriterion[], index: number): string {
  const kind = criteria[index]?.kind;
  if (kind === undefined) return '';
  const before = criteria.slice(0, index).filter((one) => one.kind === kind).length;
  return before === 0 ? nameOf(kind) : `${nameOf(kind)} ${before + 1}`;
}

const RULES = [
  { value: 'counts', label: 'Counts' },
  { value: 'required', label: 'Required' },
  { value: 'excluded', label: 'Excluded' },
] as const;

function CriterionLine(props: {
  criterion: IcpCriterion;
  name: string;
  editable: boolean;
  onChange: (criterion: IcpCriterion) => void;
  onRemove: (() => void) | null;
}) {
  const { criterion, name, editable, onChange } = props;
  // What happened is forgotten after some days, so it can't keep anybody out.
  const rules = RULES.filter(({ value }) => value !== 'excluded' || !('withinDays' in criterion));
  return (
    <div className={styles.criterion}>
      <div className={styles.criterionName} title={KNOWN_FROM[criterion.kind]}>
        {name}
      </div>
      <div className={styles.criterionWanted}>
        <CriterionWanted criterion={criterion} name={name} editable={editable} onChange={onChange} />
      </div>
      <NumberInput
        aria-label={`Weight of ${name}`}
        suffix=" ×"
        min={0}
        max={10}
        value={criterion.excluded ? '' : criterion.weight}
        disabled={!editable || criterion.excluded}
        onChange={(weight) => onChange({ ...criterion, weight: Number(weight) })}
      />
      <NativeSelect
        aria-label={`How ${name} counts`}
        value={criterion.excluded ? 'excluded' : criterion.required ? 'required' : 'counts'}
        disabled={!editable}
        data={[...rules]}
        onChange={(event) => {
          const rule = event.currentTarget.value;
          onChange({ ...criterion, required: rule === 'required', excluded: rule === 'excluded' });
        }}
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
