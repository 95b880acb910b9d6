import { Button, Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';

import type { Failure } from '../../api/failure.ts';
import { useChange } from '../../api/hooks.ts';
import styles from '../../dialogs/dialogs.module.css';
import { say } from '../../ui/notify.tsx';

export function AddAccountDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [issues, setIssues] = useState<Failure['issues']>([]);
  const create = useChange('accounts.create', {
    stale: ['accounts.list'],
    onDone: ({ id }, { name }) => {
      onClose();
      say.done(`${name} added`);
      void navigate({ to: '/accounts/$accountId', params: { accountId: id } });
    },
    onFailure: (failure) => {
      setIssues(failure.issues);
      return failure.issues.length > 0;
    },
  });
  const problem = (field: string) => issues.find((issue) => issue.field === field)?.problem ?? null;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    create.mutate({
      name: text('name'),
      domain: text('domain') || undefined,
      country: text('country').toUpperCase() || undefined,
    });
  };
  return (
    <Modal opened onClose={onClose} title={<strong>Add an account</strong>} size="sm">
      <form onSubmit={onSubmit} className={styles.form}>
        <TextInput label="Name" name="name" required error={problem('name')} data-autofocus />
        <TextInput label="Domain" name="domain" placeholder="example.com" error={problem('domain')} />
        <TextInput
          label="Country"
          name="country"
          placeholder="Two letters, like DE"
          maxLength={2}
          error={problem('country')}
        />
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Add account
          </Button>
        </div>
      </form>
    </Modal>
  );
}
