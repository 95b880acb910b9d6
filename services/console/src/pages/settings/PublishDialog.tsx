import { Button, Modal, TextInput } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';

import dialog from '../../dialogs/dialogs.module.css';
import { ChangeList, type ShownChange } from './ChangeList.tsx';

/** Asks why, shows what changes, publishes a draft. */
export function PublishDialog(props: {
  changes: readonly ShownChange[];
  note: string;
  pending: boolean;
  onPublish: (note: string) => void;
  onClose: () => void;
  /** What has to be known besides, before it is published. */
  children?: ReactNode;
}) {
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    props.onPublish(String(new FormData(event.currentTarget).get('note')).trim());
  };
  return (
    <Modal opened onClose={props.onClose} title={<strong>Publish the draft</strong>} size="md">
      <form onSubmit={onSubmit} className={dialog.form}>
        <ChangeList changes={props.changes} />
        {props.children}
        <p className="dim">{props.note}</p>
        <TextInput label="What changed, and why" name="note" required maxLength={300} data-autofocus />
        <div className={dialog.buttons}>
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={props.pending}>
            Publish
          </Button>
        </div>
      </form>
    </Modal>
  );
}
