import { Button, Modal } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useState } from 'react';

import { useChange, useMay } from '../../api/hooks.ts';
import type { ListRun } from '../../api/records.ts';
import dialogs from '../../dialogs/dialogs.module.css';
import { plural } from '../../format/words.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { say } from '../../ui/notify.tsx';
import styles from './enrichment.module.css';

const SAID = { paused: 'paused', running: 'goes on', cancelled: 'cancelled' } as const;

/** Pause, resume, and cancel after a question: a cancelled run can't go on. */
export function RunActions({ run }: { run: ListRun }) {
  const mayRun = useMay()('enrichment.run');
  const [asking, setAsking] = useState(false);
  const control = useChange('enrichment.controlListRun', {
    stale: ['enrichment.getListRun', 'enrichment.listRuns', 'enrichment.listRecords'],
    onDone: ({ state }) => {
      setAsking(false);
      say.done(`${run.name} ${SAID[state]}`);
    },
  });
  if (!mayRun || run.state === 'finished' || run.state === 'cancelled') return null;
  const move = (action: 'pause' | 'resume' | 'cancel') => control.mutate({ id: run.id, action });
  return (
    <div className={styles.actions}>
      {run.state === 'running' ? (
        <ActionButton
          label="Pause"
          icon={IconPlayerPause}
          loading={control.isPending}
          onClick={() => move('pause')}
        />
      ) : (
        <ActionButton
          label="Resume"
          icon={IconPlayerPlay}
          primary
          loading={control.isPending}
          onClick={() => move('resume')}
        />
      )}
      <ActionButton label="Cancel" icon={IconX} onClick={() => setAsking(true)} />
      {asking && (
        <Modal
          opened
          onClose={() => setAsking(false)}
          title={<strong>Cancel “{run.name}”?</strong>}
          size="sm"
        >
          <p>
            {plural(run.records - run.done, 'record')} stay as they are. What was found and paid for is kept.
            A cancelled run can’t go on.
          </p>
          <div className={dialogs.buttons}>
            <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
              Keep it
            </Button>
            <Button color="red" loading={control.isPending} onClick={() => move('cancel')}>
              Cancel the run
            </Button>
          </div>
        </Modal>
      )}
    </div>
  );
}
