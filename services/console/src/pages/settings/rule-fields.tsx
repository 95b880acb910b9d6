import { NumberInput, TagsInput, TextInput } from '@mantine/core';

import { plural } from '../../format/words.ts';

type Field<Value> = { value: Value; editable: boolean; onChange: (value: Value) => void };

export function NameField({ value, editable, onChange }: Field<string>) {
  return (
    <TextInput
      label="Name"
      value={value}
      maxLength={80}
      disabled={!editable}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Phrases that a rule looks for; `placeholder` stands there as long as there is none. */
export function PhrasesField(
  props: Field<string[]> & { label: string; placeholder: string; className?: string | undefined },
) {
  const { value, editable, placeholder } = props;
  return (
    <TagsInput
      className={props.className ?? ''}
      label={props.label}
      placeholder={editable && value.length === 0 ? placeholder : ''}
      value={value}
      maxTags={60}
      disabled={!editable}
      onChange={props.onChange}
    />
  );
}

/** How strong a signal is; empty, where `empty` says what that means. */
export function StrengthField<Value extends number | null>(
  props: Field<number | Value> & { empty: Value; placeholder?: string },
) {
  const { value, empty, editable, onChange } = props;
  return (
    <NumberInput
      label="Strength, 0.1 to 1"
      placeholder={props.placeholder ?? ''}
      min={0.1}
      max={1}
      step={0.1}
      decimalScale={2}
      value={value ?? ''}
      disabled={!editable}
      onChange={(next) => onChange(next === '' ? empty : Math.min(1, Math.max(0.05, Number(next))))}
    />
  );
}

type Figures = { hits: number; accounts: number; gained: number };

/** `12 hits at 4 accounts, 2 new`. */
export function RuleFigures({ figures }: { figures: Figures | undefined }) {
  if (!figures) return <span className="faint">not tried</span>;
  const { hits, accounts, gained } = figures;
  return (
    <>
      {plural(hits, 'hit')}
      <span className="dim">
        {' '}
        at {plural(accounts, 'account')}
        {gained > 0 && `, ${gained} new`}
      </span>
    </>
  );
}

type Trial = Figures & { looked: number; lost: number; isCut: boolean };

/** What all rules together would have told. */
export function TrialLine(props: {
  trial: Trial | undefined;
  changed: boolean;
  /** What is looked at: `openings`. */
  what: string;
  /** Said where there is none of it. */
  nothing: string;
}) {
  const { trial, changed, what } = props;
  if (!trial) return <span className="faint">Trying the rules on the last 90 days…</span>;
  if (trial.looked === 0) return <span className="dim">{props.nothing}</span>;
  const { looked, hits, accounts, gained, lost, isCut } = trial;
  return (
    <span className="num">
      <strong>{hits.toLocaleString('en-US')}</strong> of {looked.toLocaleString('en-US')}{' '}
      {isCut ? `newest ${what}` : what} of the last 90 days, at {plural(accounts, 'account')}
      {changed && (
        <span className="dim">
          {' '}
          · {gained} more and {lost} fewer than what is published
        </span>
      )}
    </span>
  );
}
