import { Button, Modal, Textarea } from '@mantine/core';
import type { FormEvent } from 'react';

import { useChange } from '../api/hooks.ts';
import { say } from '../ui/notify.tsx';
import styles from './dialogs.module.css';
import type { CallSubject } from './LogCallDialog.tsx';

/** A note on an account's timeline. */
export function NoteDialog({ subject, onClose }: { subject: CallSubject; onClose: () => void }) {
  const record = useChange('activities.record', {
    stale: ['accounts.timeline', 'deals.get'],
    onDone: () => (say.done('Note added'), onClose()),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = String(new FormData(event.currentTarget).get('note')).trim();
    if (body === '') return;
    const { who, ...ids } = subject;
    record.mutate({ kind: 'note', ...ids, subject: `Note on ${who}`, body });
  };
  return (
    <Modal opened onClose={onClose} title={<strong>Note on {subject.who}</strong>} size="md">
      <form onSubmit={onSubmit} className={styles.form}>
        <Textarea label="Note" name="note" required autosize minRows={4} maxRows={12} data-autofocus />
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={record.isPending}>
            Add note
          </Button>
        </div>
      </form>
    </Modal>
  );
}
