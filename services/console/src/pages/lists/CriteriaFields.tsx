import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconX } from '@tabler/icons-react';

import type { IcpCriterion } from '../../api/records.ts';
import { CriterionWanted } from '../settings/CriterionWanted.tsx';
import { blankCriterion, CRITERION_KINDS, KNOWN_FROM, nameOf } from '../settings/icp-words.ts';
import styles from './lists.module.css';

const MOST = 20;
/** A territory has a field of its own, and what happened one with all kinds of signals. */
const OFFERED = CRITERION_KINDS.filter((kind) => kind !== 'country' && kind !== 'behaviour');

/** Criteria as an ICP has them; here each has to be met, or must not be. */
export function CriteriaFields(props: {
  criteria: IcpCriterion[];
  onChange: (criteria: IcpCriterion[]) => void;
}) {
  const { criteria, onChange } = props;
  return (
    <>
      {criteria.map((criterion, index) => (
        <div key={`${criterion.kind} ${index}`} className={styles.criterion}>
          <span title={KNOWN_FROM[criterion.kind]}>{nameOf(criterion.kind)}</span>
          <NativeSelect
            aria-label={`How ${nameOf(criterion.kind)} counts`}
            value={criterion.excluded ? 'not' : 'has'}
            data={[
              { value: 'has', label: 'is' },
              ...('withinDays' in criterion ? [] : [{ value: 'not', label: 'is not' }]),
            ]}
            onChange={({ currentTarget }) => {
              const excluded = currentTarget.value === 'not';
              onChange(criteria.with(index, { ...criterion, excluded, required: !excluded }));
            }}
          />
          <div className={styles.wanted}>
            <CriterionWanted
              criterion={criterion}
              name={nameOf(criterion.kind)}
              editable
              onChange={(next) => onChange(criteria.with(index, next))}
            />
          </div>
          <ActionIcon
            aria-label={`Remove ${nameOf(criterion.kind)}`}
            onClick={() => onChange(criteria.toSpliced(index, 1))}
          >
            <IconX size={15} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {criteria.length < MOST && (
        <NativeSelect
          aria-label="Add a criterion"
          maw={260}
          value=""
          data={[
            { value: '', label: 'Add a criterion…' },
            ...OFFERED.map((kind) => ({ value: kind, label: nameOf(kind) })),
          ]}
          onChange={({ currentTarget }) => {
            const kind = OFFERED.find((one) => one === currentTarget.value);
            if (kind) onChange([...criteria, { ...blankCriterion(kind), required: true }]);
          }}
        />
      )}
    </>
  );
}
