import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import type { Failure } from '../../api/failure.ts';
import { useChange } from '../../api/hooks.ts';
import dialog from '../../dialogs/dialogs.module.css';

/** "Acme Revenue, Inc." → "acme-revenue-inc" */
const shortNameOf = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);

/** Makes a real workspace and opens it at its first step, the keys of the providers. */
export function NewWorkspaceDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const enter = useChange('session.switchWorkspace', {
    onDone: () => window.location.assign('/settings/providers'),
  });
  const create = useChange('settings.createWorkspace', {
    onDone: ({ id }) => enter.mutate({ id }),
    onFailure: (why) => {
      setFailure(why);
      return why.issues.length > 0;
    },
  });
  const slug = chosen ?? shortNameOf(name);
  const problem = (field: string) => failure?.issues.find((issue) => issue.field === field)?.problem ?? null;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setFailure(null);
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    create.mutate({ name: name.trim(), slug: slug.trim(), timeZone });
  };
  return (
    <Modal opened onClose={onClose} title={<strong>New workspace</strong>} size="sm">
      <form onSubmit={onSubmit} className={dialog.form}>
        <p className="dim">
          A real workspace asks real vendors, with your own keys, and sends real mail. The sandbox stays as it
          is.
        </p>
        <TextInput
          label="Name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={80}
          error={problem('name')}
          data-autofocus
        />
        <TextInput
          label="Short name"
          value={slug}
          onChange={(event) => setChosen(event.currentTarget.value)}
          required
          maxLength={40}
          description="For addresses: a–z, 0–9 and -"
          error={problem('slug')}
        />
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending || enter.isPending}>
            Make and open it
          </Button>
        </div>
      </form>
    </Modal>
  );
}
