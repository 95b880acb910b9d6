import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { useChange } from '../api/hooks.ts';
import type { ActivityInput } from '../api/procedures.ts';
import { say } from '../ui/notify.tsx';
import styles from './dialogs.module.css';
import type { CallSubject } from './LogCallDialog.tsx';

const WHAT = {
  mail_out: { label: 'Mail that I sent', kind: 'mail', direction: 'out' },
  mail_in: { label: 'Mail that I received', kind: 'mail', direction: 'in' },
  call: { label: 'Call', kind: 'call', direction: 'out' },
  meeting: { label: 'Meeting', kind: 'meeting', direction: 'none' },
} as const;
export type What = keyof typeof WHAT;
export type ActivityPreset = { what: What; outcome?: 'positive' | 'demo'; booked?: boolean };

const OUTCOMES = [
  { value: '', label: 'Nothing special' },
  { value: 'positive', label: 'Positive: they want to go on' },
  { value: 'connected', label: 'Connected' },
  { value: 'demo', label: 'Demo given' },
  { value: 'voicemail', label: 'Left a voicemail' },
  { value: 'no_answer', label: 'No answer' },
];

/** Records a mail, call or meeting; what it proves shows in the deal's exit criteria. */
export function ActivityDialog(props: { subject: CallSubject; preset: ActivityPreset; onClose: () => void }) {
  const { subject, preset, onClose } = props;
  const [what, setWhat] = useState<What>(preset.what);
  const record = useChange('activities.record', {
    stale: ['deals.get', 'accounts.timeline', 'leads.get'],
    onDone: () => (say.done('Recorded'), onClose()),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    record.mutate(readActivity(new FormData(event.currentTarget), what, subject));
  };
  return (
    <Modal opened onClose={onClose} title={<strong>Record what happened</strong>} size="md">
      <form onSubmit={onSubmit} className={styles.form}>
        <div className={styles.pair}>
          <NativeSelect
            label="What"
            data={Object.entries(WHAT).map(([value, { label }]) => ({ value, label }))}
            value={what}
            onChange={(event) => setWhat(chosen(event.currentTarget.value))}
          />
          <NativeSelect label="Outcome" name="outcome" data={OUTCOMES} defaultValue={preset.outcome ?? ''} />
        </div>
        {(what === 'call' || what === 'meeting') && (
          <TextInput
            label="Booked for"
            description={preset.booked ? 'The date proves that it is booked' : 'Only if it is still to come'}
            name="dueAt"
            type="datetime-local"
            required={preset.booked ?? false}
          />
        )}
        <Textarea label="Note" name="body" autosize minRows={3} maxRows={10} data-autofocus />
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={record.isPending}>
            Record
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function chosen(value: string): What {
  return value === 'mail_out' || value === 'mail_in' || value === 'meeting' ? value : 'call';
}

function readActivity(form: FormData, what: What, subject: CallSubject): ActivityInput {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const { who, ...ids } = subject;
  const { kind, direction, label } = WHAT[what];
  const dueAt = text('dueAt');
  return {
    ...ids,
    kind,
    direction,
    subject: `${label.replace(' that I', '')}, ${who}`,
    outcome: text('outcome') || undefined,
    body: text('body') || undefined,
    dueAt: dueAt === '' ? undefined : new Date(dueAt).toISOString(),
  };
}
