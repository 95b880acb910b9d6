import { Button, Modal } from '@mantine/core';
import { IconEdit, IconPlayerPause, IconPlayerPlay, IconTrash, IconUserSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { useChange, useMay } from '../../api/hooks.ts';
import type { AccountList } from '../../api/records.ts';
import dialogs from '../../dialogs/dialogs.module.css';
import { useKeys } from '../../keys/key-map.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { say } from '../../ui/notify.tsx';
import { SearchDialog } from '../enrichment/SearchDialog.tsx';
import styles from './lists.module.css';

const STALE = ['lists.list', 'lists.get', 'lists.members', 'lists.changes', 'queue.definitions'] as const;
const SAID = { pause: 'stands still', resume: 'refills again', remove: 'is removed' } as const;

/** Change, pause, resume, and remove after a question. */
export function ListActions({ list }: { list: AccountList }) {
  const navigate = useNavigate();
  const may = useMay();
  const mayEdit = may('icp.edit');
  const [searching, setSearching] = useState(false);
  const [asking, setAsking] = useState(false);
  const control = useChange('lists.control', {
    stale: STALE,
    onDone: (_, { action }) => {
      setAsking(false);
      say.done(`“${list.name}” ${SAID[action]}`);
      if (action === 'remove') void navigate({ to: '/lists' });
    },
  });
  const edit = () => void navigate({ to: '/lists/$listId/edit', params: { listId: list.id } });
  useKeys(mayEdit ? [{ keys: 'e', label: 'Change the list', run: edit }] : []);
  if (!mayEdit) return null;
  const move = (action: 'pause' | 'resume' | 'remove') => control.mutate({ id: list.id, action });
  return (
    <div className={styles.actions}>
      <ActionButton label="Change" icon={IconEdit} keys="e" onClick={edit} />
      {list.state === 'active' ? (
        <ActionButton label="Pause" icon={IconPlayerPause} onClick={() => move('pause')} />
      ) : (
        <ActionButton label="Resume" icon={IconPlayerPlay} primary onClick={() => move('resume')} />
      )}
      {may('enrichment.run') && list.members > 0 && (
        <ActionButton label="Find people" icon={IconUserSearch} onClick={() => setSearching(true)} />
      )}
      {searching && (
        <SearchDialog
          at={{ accounts: { kind: 'list', listId: list.id }, name: list.name }}
          onClose={() => setSearching(false)}
        />
      )}
      <ActionButton label="Remove" icon={IconTrash} onClick={() => setAsking(true)} />
      {asking && (
        <Modal
          opened
          onClose={() => setAsking(false)}
          title={<strong>Remove “{list.name}”?</strong>}
          size="sm"
        >
          <p>
            The list goes with its history and its queue. Accounts stay as they are; what the list alone had
            brought into the queue, and nobody has taken up, leaves it. To stop it for a while, pause it.
          </p>
          <div className={dialogs.buttons}>
            <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
              Keep it
            </Button>
            <Button color="red" loading={control.isPending} onClick={() => move('remove')}>
              Remove the list
            </Button>
          </div>
        </Modal>
      )}
    </div>
  );
}
