import { Button, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';

import { ChoiceDialog } from '../../dialogs/ChoiceDialog.tsx';
import { localMinute } from '../../dialogs/local-minute.ts';
import { snoozeChoices } from './snooze-times.ts';
import styles from './queue.module.css';

const DAY_MS = 86_400_000;

/** Until when an item is put aside: a usual time by its figure, something new, or any time. */
export function SnoozeDialog(props: {
  name: string;
  /** Null: until something new happens. */
  onSnooze: (until: Date | null) => void;
  onClose: () => void;
}) {
  const now = new Date();
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const until = new Date(String(new FormData(event.currentTarget).get('until')));
    if (Number.isNaN(until.getTime())) return;
    props.onClose();
    props.onSnooze(until);
  };
  return (
    <ChoiceDialog
      title={`Snooze ${props.name}`}
      choices={snoozeChoices(now)}
      onChoose={({ until }) => props.onSnooze(until)}
      onClose={props.onClose}
      below={
        <form onSubmit={onSubmit} className={styles.otherTime}>
          <TextInput
            label="Another time"
            name="until"
            type="datetime-local"
            required
            withAsterisk={false}
            min={localMinute(now)}
            defaultValue={localMinute(new Date(now.getTime() + 3 * DAY_MS))}
          />
          <Button type="submit" variant="default">
            Snooze
          </Button>
        </form>
      }
    />
  );
}
