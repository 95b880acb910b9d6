import { ActionIcon, Checkbox, MultiSelect, NativeSelect, NumberInput, TagsInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { FIELD_WORDS, INPUT_WORDS } from '@penstock/enrichment/model/waterfall-fields';

import { sentence } from '../../format/words.ts';
import type { Condition, Field, Offer, Step } from './waterfall-types.ts';
import styles from './waterfall.module.css';

const ABOUT = {
  country: 'Country',
  company_size: 'Company size',
  seniority: 'Seniority',
  industry: 'Industry',
  input: 'What is at hand',
} as const;
type About = Condition['about'];
// Safe: the record has every kind of condition as a key.
const ABOUTS = Object.keys(ABOUT) as About[];
const INPUTS = ['givenName', 'familyName', 'companyName', 'companyDomain', 'email', 'linkedinUrl'] as const;

const blank = (about: About): Condition => {
  if (about === 'company_size') return { about, min: null, max: null, ifUnknown: false };
  if (about === 'input') return { about, has: [] };
  return { about, is: 'one_of', values: [], ifUnknown: false };
};

/** For which fields a step is asked, and under which conditions; all of them have to hold. */
export function StepEditor(props: {
  step: Step;
  offer: Offer | undefined;
  wanted: readonly Field[];
  editable: boolean;
  onChange: (step: Step) => void;
}) {
  const { step, offer, wanted, editable, onChange } = props;
  const fields = wanted.filter((field) => offer?.gives.includes(field));
  const setCondition = (at: number, condition: Condition) =>
    onChange({ ...step, when: step.when.with(at, condition) });
  return (
    <div className={styles.stepEditor}>
      {fields.length > 1 && (
        <MultiSelect
          label="Asked only while one of these is missing"
          placeholder={step.only === null ? 'Anything that it gives' : ''}
          data={fields.map((field) => ({ value: field, label: FIELD_WORDS[field] }))}
          value={step.only ?? []}
          disabled={!editable}
          onChange={(chosen) => {
            const only = fields.filter((field) => chosen.includes(field));
            onChange({ ...step, only: only.length === 0 ? null : only });
          }}
          maw={480}
          mb="sm"
        />
      )}
      {step.when.map((condition, at) => (
        <div key={`${condition.about}-${at}`} className={styles.condition}>
          <span>{ABOUT[condition.about]}</span>
          <ConditionInputs
            condition={condition}
            editable={editable}
            onChange={(next) => setCondition(at, next)}
          />
          {condition.about !== 'input' && (
            <Checkbox
              label="or not known"
              checked={condition.ifUnknown}
              disabled={!editable}
              onChange={(event) => setCondition(at, { ...condition, ifUnknown: event.currentTarget.checked })}
            />
          )}
          {editable && (
            <ActionIcon
              aria-label={`Remove the condition on ${ABOUT[condition.about]}`}
              onClick={() => onChange({ ...step, when: step.when.toSpliced(at, 1) })}
            >
              <IconX size={15} aria-hidden />
            </ActionIcon>
          )}
        </div>
      ))}
      {editable ? (
        <NativeSelect
          aria-label="Add a condition"
          maw={260}
          value=""
          data={[
            { value: '', label: 'Add a condition…' },
            ...ABOUTS.map((about) => ({ value: about, label: ABOUT[about] })),
          ]}
          onChange={(event) => {
            const about = ABOUTS.find((one) => one === event.currentTarget.value);
            if (about) onChange({ ...step, when: [...step.when, blank(about)] });
          }}
        />
      ) : (
        step.when.length === 0 && <span className="dim">No conditions: it is always asked.</span>
      )}
    </div>
  );
}

function ConditionInputs(props: {
  condition: Condition;
  editable: boolean;
  onChange: (condition: Condition) => void;
}) {
  const { condition, editable, onChange } = props;
  if (condition.about === 'input')
    return (
      <MultiSelect
        aria-label="These have to be known"
        data={INPUTS.map((name) => ({ value: name, label: sentence(INPUT_WORDS[name]) }))}
        value={condition.has}
        disabled={!editable}
        onChange={(chosen) => onChange({ ...condition, has: INPUTS.filter((name) => chosen.includes(name)) })}
      />
    );
  if (condition.about === 'company_size') {
    const bound = (value: string | number) => (value === '' ? null : Number(value));
    const common = {
      hideControls: true,
      min: 0,
      allowDecimal: false,
      thousandSeparator: ',',
      disabled: !editable,
    };
    return (
      <>
        <NumberInput
          {...common}
          aria-label="Least employees"
          placeholder="No least"
          value={condition.min ?? ''}
          onChange={(min) => onChange({ ...condition, min: bound(min) })}
        />
        to
        <NumberInput
          {...common}
          aria-label="Most employees"
          placeholder="No most"
          value={condition.max ?? ''}
          onChange={(max) => onChange({ ...condition, max: bound(max) })}
        />
      </>
    );
  }
  const country = condition.about === 'country';
  return (
    <>
      <NativeSelect
        aria-label={`How ${ABOUT[condition.about]} is compared`}
        data={[
          { value: 'one_of', label: 'is one of' },
          { value: 'none_of', label: 'is none of' },
        ]}
        value={condition.is}
        disabled={!editable}
        onChange={(event) =>
          onChange({ ...condition, is: event.currentTarget.value === 'none_of' ? 'none_of' : 'one_of' })
        }
      />
      <TagsInput
        aria-label={ABOUT[condition.about]}
        placeholder={country ? 'Two letters, then Enter' : 'Type, then Enter'}
        value={condition.values}
        disabled={!editable}
        onChange={(values) =>
          onChange({
            ...condition,
            values: country ? values.map((code) => code.trim().toUpperCase().slice(0, 2)) : values,
          })
        }
      />
    </>
  );
}
