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
  /** What is kept as the reason where nobody gives one; without it a reason is asked for. */
  usualNote?: string;
  onClose: () => void;
  /** What has to be known besides, before it is published. */
  children?: ReactNode;
}) {
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get('note')).trim();
    props.onPublish(note || (props.usualNote ?? ''));
  };
  return (
    <Modal opened onClose={props.onClose} title={<strong>Publish the draft</strong>} size="md">
      <form onSubmit={onSubmit} className={dialog.form}>
        <ChangeList changes={props.changes} />
        {props.children}
        <p className="dim">{props.note}</p>
        <TextInput
          label={props.usualNote === undefined ? 'What changed, and why' : 'Why (optional)'}
          description={props.usualNote !== undefined && 'Stands beside the version, and in the audit.'}
          name="note"
          required={props.usualNote === undefined}
          maxLength={300}
          data-autofocus
        />
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
