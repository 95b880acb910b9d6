import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { useChange } from '../../api/hooks.ts';
import type { PersonCard } from '../../api/records.ts';
import styles from '../../dialogs/dialogs.module.css';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';

/** Erasure can't be undone, so it asks for the name. */
export function EraseDialog({ person, onClose }: { person: PersonCard; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const erase = useChange('people.erase', {
    stale: [
      'accounts.get',
      'accounts.timeline',
      'leads.list',
      'leads.get',
      'queue.list',
      'mails.list',
      'sandbox.outbox',
    ],
    onDone: ({ erasedColumns }) => {
      onClose();
      say.done(`Erased, in ${plural(erasedColumns, 'place')}`);
    },
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    erase.mutate({ id: person.id, confirmName: typed });
  };
  return (
    <Modal opened onClose={onClose} title={<strong>Erase {person.name}</strong>} size="sm">
      <form onSubmit={onSubmit} className={styles.form}>
        <p>
          Name, addresses, numbers, messages and notes about this person are removed everywhere. Only a hash
          stays, so that nobody looks them up or writes to them again. There is no undo.
        </p>
        <TextInput
          label={`Type “${person.name}” to erase`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red" disabled={typed.trim() !== person.name} loading={erase.isPending}>
            Erase
          </Button>
        </div>
      </form>
    </Modal>
  );
}
