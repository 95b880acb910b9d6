import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { useChange } from '../../api/hooks.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { say } from '../../ui/notify.tsx';

const KINDS = [
  { value: 'press', label: 'Press feed (RSS or Atom)' },
  { value: 'warn', label: 'WARN notices of a state (CSV)' },
];

/** A source of the workspace's own: its address, and what is needed to read it. */
export function AddSource({ onClose }: { onClose: () => void }) {
  const [kind, setKind] = useState('press');
  const add = useChange('sources.add', {
    stale: ['sources.list'],
    onDone: () => {
      say.done('It is looked at from now on: what is there already is not told as news');
      onClose();
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    add.mutate({
      name: text('name'),
      settings:
        kind === 'warn'
          ? { kind: 'warn', url: text('url'), region: text('region').toUpperCase() }
          : { kind: 'press', url: text('url') },
    });
  };
  return (
    <Modal opened onClose={onClose} title={<strong>Add a source</strong>} size="md">
      <form onSubmit={onSubmit} className={dialog.form}>
        <Select
          label="What it is"
          data={KINDS}
          value={kind}
          onChange={(next) => setKind(next ?? 'press')}
          allowDeselect={false}
        />
        <TextInput label="Name" name="name" required minLength={2} maxLength={80} data-autofocus />
        <TextInput
          label="Address"
          name="url"
          type="url"
          required
          placeholder={kind === 'warn' ? 'https://…/warn.csv' : 'https://…/feed.xml'}
          description={
            kind === 'warn'
              ? 'The CSV file that the state publishes, with a column of employers and one of headcounts'
              : 'Headlines are read for your accounts; a name alone, without place or domain, is asked about first'
          }
        />
        {kind === 'warn' && (
          <TextInput
            label="State"
            name="region"
            required
            pattern="[A-Za-z]{2}"
            title="Two letters, such as CA"
            maxLength={2}
            placeholder="CA"
          />
        )}
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add source
          </Button>
        </div>
      </form>
    </Modal>
  );
}
