import { Button, Modal } from '@mantine/core';
import { useState } from 'react';

import { useAnswer, useChange } from '../../api/hooks.ts';
import type { SourceRow } from '../../api/records.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import styles from './described.module.css';
import { DescribeSource } from './DescribeSource.tsx';
import { SourceVersions } from './SourceVersions.tsx';

type Of = Pick<SourceRow, 'id' | 'name' | 'source'>;

/** What can be done with a source that the workspace added. */
export function SourceActions({ source }: { source: Of }) {
  const [open, setOpen] = useState<'edit' | 'versions' | 'remove' | null>(null);
  const close = () => setOpen(null);
  const action = (what: 'edit' | 'versions' | 'remove', label: string) => (
    <Button
      variant="subtle"
      size="compact-xs"
      aria-label={`${label} ${source.name}`}
      onClick={() => setOpen(what)}
    >
      {label}
    </Button>
  );
  const isDescribed = source.source.startsWith('described/');
  return (
    <div className={styles.actions}>
      {isDescribed && action('edit', 'Change')}
      {isDescribed && action('versions', 'Versions')}
      {action('remove', 'Remove')}
      {open === 'edit' && <Edit source={source} onClose={close} />}
      {open === 'versions' && <SourceVersions source={source} onClose={close} />}
      {open === 'remove' && <Remove source={source} onClose={close} />}
    </div>
  );
}

function Edit({ source, onClose }: { source: Of; onClose: () => void }) {
  const known = useAnswer('sources.versions', { id: source.id });
  if (known.data) return <DescribeSource known={{ ...known.data, id: source.id }} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title={<strong>Change {source.name}</strong>} size="lg">
      {known.isError ? (
        <Failed what="The description" error={known.error} onRetry={() => void known.refetch()} />
      ) : (
        <BoneRows rows={6} height={44} />
      )}
    </Modal>
  );
}

function Remove({ source, onClose }: { source: Of; onClose: () => void }) {
  const remove = useChange('sources.remove', {
    stale: ['sources.list'],
    onDone: () => (say.done(`${source.name} removed`), onClose()),
  });
  return (
    <Modal opened onClose={onClose} title={<strong>Remove {source.name}?</strong>} size="sm">
      <div className={dialog.form}>
        <p>
          It is looked at no more, and its key is forgotten. What it told stays, under its name. To rest it
          for a while, stop it instead.
        </p>
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ id: source.id })}>
            Remove
          </Button>
        </div>
      </div>
    </Modal>
  );
}
