import { Checkbox, MultiSelect, NativeSelect, NumberInput, TagsInput, TextInput } from '@mantine/core';

import { hostsOf } from './news-hosts.ts';
import { languageName, NEWS_KIND_LABELS, type NewsRule } from './news-rule-words.ts';
import styles from './watch-rules.module.css';

const LANGUAGES = [
  'en',
  'de',
  'fr',
  'es',
  'nl',
  'it',
  'pt',
  'sv',
  'da',
  'no',
  'fi',
  'pl',
  'cs',
  'ja',
  'ko',
  'zh',
];
const AS_TOLD = 'as-told';

/** The conditions of a rule for news. */
export function NewsRuleFields(props: {
  rule: NewsRule;
  /** Whose articles were seen, to choose from. */
  publishers: readonly string[];
  editable: boolean;
  onChange: (rule: NewsRule) => void;
}) {
  const { rule, publishers, editable, onChange } = props;
  const phrases = (list: 'words' | 'notWords', label: string, placeholder: string) => (
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
      <ToldAs rule={rule} editable={editable} onChange={onChange} />
      <NumberInput
        label="Strength, 0.1 to 1"
        placeholder="As the headline says"
        min={0.1}
        max={1}
        step={0.1}
        decimalScale={2}
        value={rule.strength ?? ''}
        disabled={!editable}
        onChange={(value) =>
          onChange({
            ...rule,
            strength: value === '' ? null : Math.min(1, Math.max(0.05, Number(value))),
          })
        }
      />
      {rule.tellsAs === null && (
        <MultiSelect
          className={styles.wideField ?? ''}
          label="The headline tells any of"
          data={NEWS_KIND_LABELS}
          value={rule.kinds}
          disabled={!editable}
          onChange={(kinds) =>
            onChange({
              ...rule,
              kinds: NEWS_KIND_LABELS.flatMap(({ value }) => (kinds.includes(value) ? [value] : [])),
            })
          }
        />
      )}
      <div className={styles.halfField}>
        {phrases(
          'words',
          rule.tellsAs === null ? 'And says any of' : 'Says any of',
          rule.tellsAs === null ? 'Whatever it says' : 'partnership, then Enter; expan* for any ending',
        )}
      </div>
      <NativeSelect
        label="Where"
        value={rule.where}
        disabled={!editable}
        data={[
          { value: 'text', label: 'In title or text' },
          { value: 'title', label: 'In the title' },
        ]}
        onChange={(event) =>
          onChange({ ...rule, where: event.currentTarget.value === 'title' ? 'title' : 'text' })
        }
      />
      <div className={styles.wideField}>{phrases('notWords', 'And none of', 'rumour*, then Enter')}</div>
      <TagsInput
        className={styles.halfField ?? ''}
        label="Only these publishers"
        placeholder={editable && rule.publishers.length === 0 ? 'Any; or techcrunch.com, then Enter' : ''}
        value={rule.publishers}
        data={[...publishers]}
        maxTags={100}
        disabled={!editable}
        onChange={(hosts) => onChange({ ...rule, publishers: hostsOf(hosts) })}
      />
      <MultiSelect
        label="Languages"
        placeholder={rule.languages.length === 0 ? 'Any' : ''}
        data={LANGUAGES.map((value) => ({ value, label: languageName(value) }))}
        value={rule.languages}
        disabled={!editable}
        onChange={(languages) => onChange({ ...rule, languages })}
      />
      <Checkbox
        className={styles.wideField ?? ''}
        label="The title names the account"
        description="Else it is enough that the text names it."
        checked={rule.namedInTitle}
        disabled={!editable}
        onChange={(event) => onChange({ ...rule, namedInTitle: event.currentTarget.checked })}
      />
    </div>
  );
}

function ToldAs({
  rule,
  editable,
  onChange,
}: Pick<Parameters<typeof NewsRuleFields>[0], 'rule' | 'editable' | 'onChange'>) {
  return (
    <NativeSelect
      label="Told as"
      value={rule.tellsAs ?? AS_TOLD}
      disabled={!editable}
      data={[
        { value: AS_TOLD, label: 'What the headline tells' },
        ...NEWS_KIND_LABELS.map(({ value, label }) => ({ value, label: `${label}, by its words` })),
      ]}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        const tellsAs = NEWS_KIND_LABELS.find(({ value }) => value === chosen)?.value ?? null;
        const kinds =
          tellsAs === null && rule.kinds.length === 0
            ? NEWS_KIND_LABELS.map(({ value }) => value)
            : rule.kinds;
        onChange({ ...rule, tellsAs, kinds });
      }}
    />
  );
}
