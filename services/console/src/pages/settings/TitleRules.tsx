import {
  BUYING_ROLES,
  ROLE_LABELS,
  SENIORITIES,
  SENIORITY_LABELS,
} from '@penstock/accounts/model/buying-role';
import { NativeSelect } from '@mantine/core';

import { plural } from '../../format/words.ts';
import { Tag } from '../../ui/Tag.tsx';
import { NameField, PhrasesField } from './rule-fields.tsx';
import { RuleList } from './RuleList.tsx';
import {
  blankTitleRule,
  describeTitleRule,
  type TitleRule,
  type TitleRules as Rules,
  type TitleTrial,
} from './title-rule-words.ts';
import styles from './watch-rules.module.css';

/** Which part in buying titles stand for, each rule with how many people it reads. */
export function TitleRules(props: {
  rules: Rules;
  trial: TitleTrial | undefined;
  editable: boolean;
  onChange: (rules: Rules) => void;
}) {
  const { rules: body, trial, editable, onChange } = props;
  const deadAt = (at: number, name: string): string | undefined =>
    trial?.rules[at]?.name === name ? trial.dead.find(({ index }) => index === at)?.problem : undefined;
  return (
    <RuleList
      label="Title rules"
      note="The first rule that fits says the part, and the first says the rank."
      rules={body.rules}
      editable={editable}
      onChange={(rules) => onChange({ rules })}
      blank={() => blankTitleRule(body)}
      addedAt="top"
      words={describeTitleRule}
      figures={({ name }, at) => (
        <People
          people={trial?.rules.find((rule) => rule.name === name)?.people}
          isDead={deadAt(at, name) !== undefined}
        />
      )}
      fields={(rule, set, at) => (
        <>
          {deadAt(at, rule.name) !== undefined && <p className="dim">{deadAt(at, rule.name)}</p>}
          <Conditions rule={rule} editable={editable} onChange={set} />
        </>
      )}
    />
  );
}

/** Whom a rule reads; one that others leave nobody to never counts. */
function People({ people, isDead }: { people: number | undefined; isDead: boolean }) {
  if (isDead)
    return (
      <Tag tone="warn" shape="half">
        never counts
      </Tag>
    );
  return people === undefined ? <span className="faint">not tried</span> : plural(people, 'person', 'people');
}

type RowProps = { rule: TitleRule; editable: boolean; onChange: (rule: TitleRule) => void };

function Conditions({ rule, editable, onChange }: RowProps) {
  const phrases = (list: 'says' | 'saysNot') => ({
    value: rule[list],
    editable,
    className: styles.wideField,
    onChange: (next: string[]) => onChange({ ...rule, [list]: next }),
  });
  return (
    <div className={styles.fields}>
      <NameField value={rule.name} editable={editable} onChange={(name) => onChange({ ...rule, name })} />
      <NativeSelect
        label="Part in buying"
        value={rule.role ?? ''}
        disabled={!editable}
        data={[
          { value: '', label: 'As the rank says' },
          ...BUYING_ROLES.map((role) => ({ value: role, label: ROLE_LABELS[role] })),
          { value: 'none', label: 'No part' },
        ]}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          const role = chosen === 'none' ? 'none' : BUYING_ROLES.find((one) => one === chosen);
          onChange({ ...rule, role: role ?? null });
        }}
      />
      <NativeSelect
        label="Rank"
        value={rule.seniority ?? ''}
        disabled={!editable}
        data={[
          { value: '', label: 'As another rule says' },
          ...SENIORITIES.map((rank) => ({ value: rank, label: SENIORITY_LABELS[rank] })),
        ]}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          onChange({ ...rule, seniority: SENIORITIES.find((one) => one === chosen) ?? null });
        }}
      />
      <PhrasesField
        {...phrases('says')}
        label="The title says any of"
        placeholder="chief alchemist, then Enter; alchem* for any ending"
      />
      <PhrasesField {...phrases('saysNot')} label="And none of" placeholder="assistant, then Enter" />
    </div>
  );
}
