import { NativeSelect, NumberInput, TagsInput, TextInput } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';

import { plural } from '../../format/words.ts';
import { RuleHits } from './RuleHits.tsx';
import { RuleTools } from './RuleTools.tsx';
import { describeRule, type JobRule, type Trial } from './watch-rule-words.ts';
import styles from './watch-rules.module.css';

type RowProps = {
  rule: JobRule;
  trial: Trial | undefined;
  editable: boolean;
  open: boolean;
  onToggle: () => void;
  onChange: (rule: JobRule) => void;
  onRemove: () => void;
  /** Null at the end of the list. */
  onUp: (() => void) | null;
  onDown: (() => void) | null;
};

/** A rule in a line with what it hits; opened, its conditions and the hits themselves. */
export function JobRuleRow(props: RowProps) {
  const { rule, trial, open, onToggle } = props;
  const figures = trial?.rules.find(({ name }) => name === rule.name);
  return (
    <li className={styles.rule} data-open={open}>
      <button type="button" className={styles.ruleHead} aria-expanded={open} onClick={onToggle}>
        <IconChevronRight size={15} className={styles.chevron} aria-hidden />
        <span className={styles.ruleName}>{rule.name || 'No name'}</span>
        <span className={styles.ruleWords}>{describeRule(rule)}</span>
        <span className={styles.ruleFigures}>
          {figures ? (
            <>
              {plural(figures.hits, 'hit')}
              <span className="dim">
                {' '}
                at {plural(figures.accounts, 'account')}
                {figures.gained > 0 && `, ${figures.gained} new`}
              </span>
            </>
          ) : (
            <span className="faint">not tried</span>
          )}
        </span>
      </button>
      {open && <Opened {...props} />}
    </li>
  );
}

function Opened({ rule, trial, editable, onChange, onRemove, onUp, onDown }: RowProps) {
  const hits = trial?.examples.filter((hit) => hit.rule === rule.name) ?? [];
  return (
    <div className={styles.opened}>
      <Conditions rule={rule} editable={editable} onChange={onChange} />
      {editable && (
        <RuleTools
          note="An opening counts for the first rule that it fits."
          onUp={onUp}
          onDown={onDown}
          onRemove={onRemove}
        />
      )}
      <h4 className={styles.hitsHead}>Hits of the last 90 days</h4>
      {hits.length === 0 ? (
        <p className="dim">
          {rule.titles.length === 0
            ? 'Name a phrase, and what it hits appears here.'
            : 'None. Try a broader phrase, or a synonym.'}
        </p>
      ) : (
        <RuleHits label={`Hits of ${rule.name}`} hits={hits} />
      )}
    </div>
  );
}

function Conditions(props: Pick<RowProps, 'rule' | 'editable' | 'onChange'>) {
  const { rule, editable, onChange } = props;
  const phrases = (list: 'titles' | 'notTitles' | 'departments', label: string, placeholder: string) => (
    <TagsInput
      label={label}
      placeholder={editable && rule[list].length === 0 ? placeholder : ''}
      value={rule[list]}
      maxTags={60}
      disabled={!editable}
      onChange={(next) => onChange({ ...rule, [list]: next })}
    />
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
        label="Seniority"
        value={rule.seniority}
        disabled={!editable}
        data={[
          { value: 'any', label: 'Any' },
          { value: 'lead', label: 'Heads, directors and above' },
        ]}
        onChange={(event) =>
          onChange({ ...rule, seniority: event.currentTarget.value === 'lead' ? 'lead' : 'any' })
        }
      />
      <NumberInput
        label="Strength, 0.1 to 1"
        min={0.1}
        max={1}
        step={0.1}
        decimalScale={2}
        value={rule.strength}
        disabled={!editable}
        onChange={(value) => onChange({ ...rule, strength: Math.min(1, Math.max(0.05, Number(value))) })}
      />
      <div className={styles.wideField}>
        {phrases(
          'titles',
          'The title says any of',
          'sales operations, then Enter; vertriebs* for any ending',
        )}
      </div>
      <div className={styles.wideField}>{phrases('notTitles', 'And none of', 'intern, then Enter')}</div>
      <div className={styles.halfField}>{phrases('departments', 'Department or team', 'Any')}</div>
      <TagsInput
        label="Country"
        placeholder={editable && rule.countries.length === 0 ? 'Any; two letters' : ''}
        value={rule.countries}
        disabled={!editable}
        onChange={(codes) =>
          onChange({
            ...rule,
            countries: codes
              .map((code) => code.trim().toUpperCase())
              .filter((code) => /^[A-Z]{2}$/.test(code)),
          })
        }
      />
    </div>
  );
}
