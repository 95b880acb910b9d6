import { Button, Modal, PasswordInput, Select, Textarea, TextInput } from '@mantine/core';
import { KINDS_OF_SOURCES, SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';
import { useState } from 'react';

import { useChange } from '../../api/hooks.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { say } from '../../ui/notify.tsx';
import { describedOf, EMPTY_SOURCE, faultsOf, typedOf } from './describe-source.ts';
import styles from './described.module.css';
import { HowItIsAsked } from './HowItIsAsked.tsx';
import { Typed, type Part, type SetField } from './TypedField.tsx';
import { TriedSource, type Tried } from './TriedSource.tsx';

const CHOICES = [
  { value: '', label: 'Nothing: leave it out' },
  ...KINDS_OF_SOURCES.map((value) => ({ value, label: SIGNAL_KINDS[value].label })),
];
const PLACES = [
  { value: 'none', label: 'No key' },
  { value: 'header', label: 'In a header' },
  { value: 'bearer', label: 'As bearer token' },
  { value: 'query', label: 'In the address' },
];
const POINTERS = [
  ['company', 'Company'],
  ['domain', 'Domain'],
  ['cik', 'CIK'],
  ['title', 'What it says'],
  ['date', 'Date'],
  ['link', 'Link'],
  ['key', 'Its id'],
  ['kindAt', 'Its kind'],
] as const;

/** A source that is described already, to be changed. */
export type Described = {
  id: string;
  name: string;
  settings: Parameters<typeof typedOf>[0];
  hasSecret: boolean;
};

/** A source without code: its address, where its items are, what stands where; tried before it is saved. */
export function DescribeSource({ known, onClose }: { known?: Described; onClose: () => void }) {
  const [name, setName] = useState(known?.name ?? '');
  const [secret, setSecret] = useState('');
  const [typed, setTyped] = useState(() => (known ? typedOf(known.settings) : EMPTY_SOURCE));
  const [tried, setTried] = useState<Tried | null>(null);
  const set: SetField = (field) => (value) => {
    setTyped((was) => ({ ...was, [field]: value ?? '' }));
    setTried(null);
  };
  const tryOut = useChange('sources.try', { onDone: setTried });
  const save = useChange('sources.describe', {
    stale: ['sources.list'],
    onDone: () => {
      say.done('It is looked at from now on: what is there already is not told as news');
      onClose();
    },
  });
  const edit = useChange('sources.edit', {
    stale: ['sources.list', 'sources.versions'],
    onDone: ({ isBegunAnew }) => {
      say.done(
        isBegunAnew
          ? 'Changed. What is there at the next look is not told as news'
          : 'Changed. It holds from the next look',
      );
      onClose();
    },
  });
  const typedKey = typed.secretIn !== 'none' && secret !== '' ? secret : null;
  const wanted = { settings: describedOf(typed), secret: typedKey };
  const isKept = known?.hasSecret === true;
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{known ? `Change ${known.name}` : 'Describe a source'}</strong>}
      size="lg"
    >
      <form
        className={`${dialog.form} ${styles.form}`}
        onSubmit={(event) => {
          event.preventDefault();
          tryOut.mutate({ ...wanted, ...(known && { id: known.id }) });
        }}
      >
        <WhereItIs typed={typed} set={set} named={{ name, setName }} keyed={{ secret, setSecret, isKept }} />
        <HowItIsAsked typed={typed} set={set} />
        <WhatStandsWhere typed={typed} set={set} />
        <WhatItTells typed={typed} set={set} />
        {tried && <TriedSource tried={tried} />}
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            variant="default"
            loading={tryOut.isPending}
            disabled={Object.keys(faultsOf(typed)).length > 0}
          >
            Try it
          </Button>
          <Button
            disabled={tried === null || tried.fault !== '' || name.trim().length < 2}
            title={tried === null ? 'Try it first' : undefined}
            loading={save.isPending || edit.isPending}
            onClick={() =>
              known ? edit.mutate({ id: known.id, name, ...wanted }) : save.mutate({ name, ...wanted })
            }
          >
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function WhereItIs(
  props: Part & {
    named: { name: string; setName: (name: string) => void };
    keyed: { secret: string; setSecret: (secret: string) => void; isKept: boolean };
  },
) {
  const { typed, set, named, keyed } = props;
  const part = { typed, set };
  const isNamed = typed.secretIn === 'header' || typed.secretIn === 'query';
  return (
    <fieldset className={styles.part}>
      <legend>Where it is</legend>
      <TextInput
        label="Name"
        value={named.name}
        onChange={(event) => named.setName(event.currentTarget.value)}
        required
        minLength={2}
        maxLength={80}
        data-autofocus
      />
      <Typed {...part} field="everyMinutes" label="Asked every … minutes" />
      <Typed {...part} field="url" label="Address" isWide about="Answers with JSON; begins with https://" />
      <Select
        label="Key"
        data={PLACES}
        value={typed.secretIn}
        onChange={set('secretIn')}
        allowDeselect={false}
      />
      {typed.secretIn !== 'none' && (
        <PasswordInput
          label="The key"
          autoComplete="off"
          placeholder={keyed.isKept ? 'The one that is stored' : ''}
          value={keyed.secret}
          onChange={(event) => keyed.setSecret(event.currentTarget.value)}
        />
      )}
      {isNamed && (
        <Typed
          {...part}
          field="secretName"
          label={typed.secretIn === 'header' ? 'Name of the header' : 'Name in the address'}
        />
      )}
      <Textarea
        className={styles.wide}
        label="Other headers"
        description="One a line, name: value"
        autosize
        minRows={1}
        value={typed.headers}
        error={faultsOf(typed).headers}
        onChange={(event) => set('headers')(event.currentTarget.value)}
      />
    </fieldset>
  );
}

function WhatStandsWhere(part: Part) {
  return (
    <fieldset className={styles.part}>
      <legend>What stands where</legend>
      <Typed
        {...part}
        field="items"
        label="The list of items"
        isWide
        about="JSON pointer into the reply, such as /data/events; empty if the reply is the list"
      />
      {POINTERS.map(([field, label]) => (
        <Typed key={field} {...part} field={field} label={label} />
      ))}
    </fieldset>
  );
}

function WhatItTells({ typed, set }: Part) {
  return (
    <fieldset className={styles.part}>
      <legend>What it tells</legend>
      <Select
        label="Always, or where no word fits"
        data={CHOICES}
        value={typed.always}
        onChange={set('always')}
        searchable
      />
      <Textarea
        label="By the word of its kind"
        description="One a line, word: kind, such as Series B: funding"
        autosize
        minRows={2}
        value={typed.words}
        error={faultsOf(typed).words}
        onChange={(event) => set('words')(event.currentTarget.value)}
      />
      <Typed typed={typed} set={set} field="strength" label="Strength, 0.1 to 1" />
    </fieldset>
  );
}
