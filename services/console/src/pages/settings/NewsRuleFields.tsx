import { Checkbox, MultiSelect, NativeSelect, TagsInput } from '@mantine/core';

import { hostsOf } from './news-hosts.ts';
import { languageName, NEWS_KIND_LABELS, type NewsRule } from './news-rule-words.ts';
import { NameField, PhrasesField, StrengthField } from './rule-fields.tsx';
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
  const phrases = (list: 'words' | 'notWords') => ({
    value: rule[list],
    editable,
    onChange: (next: string[]) => onChange({ ...rule, [list]: next }),
  });
  return (
    <div className={styles.fields}>
      <NameField value={rule.name} editable={editable} onChange={(name) => onChange({ ...rule, name })} />
      <ToldAs rule={rule} editable={editable} onChange={onChange} />
      <StrengthField
        value={rule.strength}
        empty={null}
        placeholder="As the headline says"
        editable={editable}
        onChange={(strength) => onChange({ ...rule, strength })}
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
      <PhrasesField
        {...phrases('words')}
        className={styles.halfField}
        label={rule.tellsAs === null ? 'And says any of' : 'Says any of'}
        placeholder={
          rule.tellsAs === null ? 'Whatever it says' : 'partnership, then Enter; expan* for any ending'
        }
      />
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
      <PhrasesField
        {...phrases('notWords')}
        className={styles.wideField}
        label="And none of"
        placeholder="rumour*, then Enter"
      />
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
