import { Button, Modal, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';

import { useChange } from '../api/hooks.ts';
import { say } from '../ui/notify.tsx';
import styles from './dialogs.module.css';
import { localMinute } from './local-minute.ts';
import type { CallSubject } from './LogCallDialog.tsx';

const DAY_MS = 86_400_000;

/** Something to do until a time; it stands in one's day. */
export function TaskDialog({ subject, onClose }: { subject: CallSubject; onClose: () => void }) {
  const stale = ['queue.day', 'accounts.timeline', 'deals.get'] as const;
  const withdraw = useChange('activities.withdraw', { stale, onDone: () => say.done('Taken back') });
  const record = useChange('activities.record', {
    stale,
    onDone: ({ id }) => {
      say.done('Task added to your day', () => withdraw.mutate({ id }));
      onClose();
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const { who: _who, ...ids } = subject;
    const what = String(fields.get('what')).trim();
    const due = new Date(String(fields.get('due')));
    if (what === '' || Number.isNaN(due.getTime())) return;
    record.mutate({ kind: 'task', direction: 'none', ...ids, subject: what, dueAt: due.toISOString() });
  };
  return (
    <Modal opened onClose={onClose} title={<strong>Task for {subject.who}</strong>} size="md">
      <form onSubmit={onSubmit} className={styles.form}>
        <TextInput label="What is to be done" name="what" required maxLength={300} data-autofocus />
        <TextInput
          label="Until"
          name="due"
          type="datetime-local"
          required
          defaultValue={localMinute(new Date(Date.now() + DAY_MS))}
        />
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={record.isPending}>
            Add task
          </Button>
        </div>
      </form>
    </Modal>
  );
}
