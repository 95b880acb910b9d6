import {
  BUYING_ROLES,
  ROLE_LABELS,
  SENIORITIES,
  SENIORITY_LABELS,
} from '@penstock/accounts/model/buying-role';
import { NativeSelect, TagsInput, TextInput } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';

import { plural } from '../../format/words.ts';
import { Tag } from '../../ui/Tag.tsx';
import { RuleTools } from './RuleTools.tsx';
import { describeTitleRule, type TitleRule } from './title-rule-words.ts';
import styles from './watch-rules.module.css';

type RowProps = {
  rule: TitleRule;
  /** People whom it reads; undefined while it is not tried. */
  people: number | undefined;
  /** Why it never counts. */
  dead: string | undefined;
  editable: boolean;
  open: boolean;
  onToggle: () => void;
  onChange: (rule: TitleRule) => void;
  onRemove: () => void;
  /** Null at the end of the list. */
  onUp: (() => void) | null;
  onDown: (() => void) | null;
};

/** A title rule in a line with how many people it reads; opened, its phrases and what they mean. */
export function TitleRuleRow(props: RowProps) {
  const { rule, people, dead, editable, open, onToggle, onRemove, onUp, onDown } = props;
  return (
    <li className={styles.rule} data-open={open}>
      <button type="button" className={styles.ruleHead} aria-expanded={open} onClick={onToggle}>
        <IconChevronRight size={15} className={styles.chevron} aria-hidden />
        <span className={styles.ruleName}>{rule.name || 'No name'}</span>
        <span className={styles.ruleWords}>{describeTitleRule(rule)}</span>
        <span className={styles.ruleFigures}>
          {dead !== undefined && (
            <Tag tone="warn" shape="half">
              never counts
            </Tag>
          )}
          {dead === undefined && people !== undefined && plural(people, 'person', 'people')}
          {dead === undefined && people === undefined && <span className="faint">not tried</span>}
        </span>
      </button>
      {open && (
        <div className={styles.opened}>
          {dead !== undefined && <p className="dim">{dead}</p>}
          <Conditions {...props} />
          {editable && (
            <RuleTools
              note="The first rule that fits says the part, and the first says the rank."
              onUp={onUp}
              onDown={onDown}
              onRemove={onRemove}
            />
          )}
        </div>
      )}
    </li>
  );
}

function Conditions({ rule, editable, onChange }: RowProps) {
  const phrases = (list: 'says' | 'saysNot', label: string, placeholder: string) => (
    <div className={styles.wideField}>
      <TagsInput
        label={label}
        placeholder={editable && rule[list].length === 0 ? placeholder : ''}
        value={rule[list]}
        maxTags={60}
        disabled={!editable}
        onChange={(next) => onChange({ ...rule, [list]: next })}
      />
    </div>
  );
  return (
    <div className={styles.fields}>
      <TextInput
        label="Name"
        value={rule.name}
        maxLength={80}
        disabled={!editable}
        onChange={(event) => onChange({ ...rule, name: event.currentTarget.value })}
      />
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
      {phrases('says', 'The title says any of', 'chief alchemist, then Enter; alchem* for any ending')}
      {phrases('saysNot', 'And none of', 'assistant, then Enter')}
    </div>
  );
}
