import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';

import { useAnswer, useMe } from '../api/hooks.ts';
import dialog from './dialogs.module.css';

/** To whom, and why. */
export function PassOnDialog(props: {
  title: string;
  onPassOn: (to: { id: string; name: string }, reason: string) => void;
  onClose: () => void;
}) {
  const members = useAnswer('settings.members', {});
  const { member } = useMe();
  const others = (members.data?.items ?? []).filter(({ id, active }) => active && id !== member.id);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const sent = new FormData(event.currentTarget);
    const to = others.find(({ id }) => id === sent.get('to'));
    if (!to) return;
    props.onPassOn(to, String(sent.get('reason')).trim());
    props.onClose();
  };
  return (
    <Modal opened onClose={props.onClose} title={<strong>{props.title}</strong>}>
      <form onSubmit={onSubmit} className={dialog.form}>
        <NativeSelect
          label="To"
          name="to"
          data-autofocus
          data={others.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextInput label="Why" name="reason" required maxLength={300} />
        <div className={dialog.buttons}>
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={others.length === 0}>
            Pass on
          </Button>
        </div>
      </form>
    </Modal>
  );
}
