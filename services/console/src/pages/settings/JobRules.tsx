import { NativeSelect, TagsInput } from '@mantine/core';
import { OPENING_RANK_LABELS, OPENING_RANKS } from '@penstock/signals/model/opening-ranks';

import { NameField, PhrasesField, RuleFigures, StrengthField } from './rule-fields.tsx';
import { RuleHits } from './RuleHits.tsx';
import { RuleList } from './RuleList.tsx';
import { blankRule, describeRule, type JobRule, type Trial, type WatchRules } from './watch-rule-words.ts';
import styles from './watch-rules.module.css';

/** Rules for openings with their hits. */
export function JobRules(props: {
  rules: WatchRules;
  trial: Trial | undefined;
  editable: boolean;
  onChange: (rules: WatchRules) => void;
}) {
  const { rules, trial, editable, onChange } = props;
  return (
    <RuleList
      label="Rules"
      note="An opening counts for the first rule that it fits."
      rules={rules.jobs}
      editable={editable}
      onChange={(jobs) => onChange({ ...rules, jobs })}
      blank={() => blankRule(rules)}
      addedAt="bottom"
      words={describeRule}
      figures={(rule) => <RuleFigures figures={trial?.rules.find(({ name }) => name === rule.name)} />}
      fields={(rule, set) => <Conditions rule={rule} editable={editable} onChange={set} />}
      found={(rule) => <Hits rule={rule} trial={trial} />}
    />
  );
}

function Hits({ rule, trial }: { rule: JobRule; trial: Trial | undefined }) {
  const hits = trial?.examples.filter((hit) => hit.rule === rule.name) ?? [];
  return (
    <>
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
    </>
  );
}

function Conditions(props: { rule: JobRule; editable: boolean; onChange: (rule: JobRule) => void }) {
  const { rule, editable, onChange } = props;
  const phrases = (list: 'titles' | 'notTitles' | 'departments') => ({
    value: rule[list],
    editable,
    onChange: (next: string[]) => onChange({ ...rule, [list]: next }),
  });
  return (
    <div className={styles.fields}>
      <NameField value={rule.name} editable={editable} onChange={(name) => onChange({ ...rule, name })} />
      <NativeSelect
        label="Seniority"
        value={rule.seniority}
        disabled={!editable}
        data={OPENING_RANKS.map((rank) => ({ value: rank, label: OPENING_RANK_LABELS[rank] }))}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          onChange({ ...rule, seniority: OPENING_RANKS.find((rank) => rank === chosen) ?? 'any' });
        }}
      />
      <StrengthField
        value={rule.strength}
        empty={0.05}
        editable={editable}
        onChange={(strength) => onChange({ ...rule, strength })}
      />
      <PhrasesField
        {...phrases('titles')}
        className={styles.wideField}
        label="The title says any of"
        placeholder="sales operations, then Enter; vertriebs* for any ending"
      />
      <PhrasesField
        {...phrases('notTitles')}
        className={styles.wideField}
        label="And none of"
        placeholder="intern, then Enter"
      />
      <PhrasesField
        {...phrases('departments')}
        className={styles.halfField}
        label="Department or team"
        placeholder="Any"
      />
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
