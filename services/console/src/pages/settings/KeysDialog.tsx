import { ActionIcon, Button, Modal, SegmentedControl } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useState } from 'react';

import { useChange } from '../../api/hooks.ts';
import type { ProviderRow } from '../../api/records.ts';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import { KeyForm } from './KeyForm.tsx';
import { KeyLimitsForm } from './KeyLimitsForm.tsx';
import { limitWords } from './key-limit-words.ts';
import { KeyName, KeyState } from './KeyList.tsx';
import styles from './keys.module.css';

type Key = ProviderRow['keys'][number];
type Open = { what: 'limits' | 'replace' | 'remove'; id: string } | { what: 'add' } | null;

/** A provider's keys: their order or share, each one's limits, adding, replacing and removing. */
export function KeysDialog({ provider, onClose }: { provider: ProviderRow; onClose: () => void }) {
  const { keys } = provider;
  const [open, setOpen] = useState<Open>(keys.length === 0 ? { what: 'add' } : null);
  const close = () => setOpen(null);
  return (
    <Modal opened onClose={onClose} title={<strong>Keys of {provider.name}</strong>}>
      {keys.length > 1 && <Use provider={provider} />}
      <ol className={styles.keys}>
        {keys.map((key, at) => (
          <li key={key.id} className={styles.key}>
            <KeyLine provider={provider} row={key} at={at} onOpen={setOpen} />
            {open !== null && open.what !== 'add' && open.id === key.id && (
              <>
                {open.what === 'limits' && <KeyLimitsForm provider={provider} row={key} onClose={close} />}
                {open.what === 'replace' && <KeyForm provider={provider} replaces={key} onClose={close} />}
                {open.what === 'remove' && <Remove row={key} onClose={close} />}
              </>
            )}
          </li>
        ))}
      </ol>
      {open?.what === 'add' ? (
        <KeyForm provider={provider} replaces={null} onClose={keys.length === 0 ? onClose : close} />
      ) : (
        <Button variant="default" onClick={() => setOpen({ what: 'add' })}>
          Add a key
        </Button>
      )}
    </Modal>
  );
}

const useArrange = () => useChange('settings.arrangeKeys', { stale: ['enrichment.providers'] });

function Use({ provider: { id, keys, keyUse } }: { provider: ProviderRow }) {
  const arrange = useArrange();
  return (
    <div className={styles.use}>
      <SegmentedControl
        size="xs"
        aria-label="How the keys are used"
        value={keyUse}
        onChange={(value) =>
          arrange.mutate({
            provider: id,
            ids: keys.map((key) => key.id),
            use: value === 'share' ? 'share' : 'order',
          })
        }
        data={[
          { value: 'order', label: 'In this order' },
          { value: 'share', label: 'Share the calls' },
        ]}
      />
      <p className="dim">
        {keyUse === 'share'
          ? 'Calls are spread over all keys; one that is refused or empty is left out.'
          : 'The first is used until it is refused or empty, then the next.'}
      </p>
    </div>
  );
}

function KeyLine(props: { provider: ProviderRow; row: Key; at: number; onOpen: (open: Open) => void }) {
  const { provider, row, at, onOpen } = props;
  const arrange = useArrange();
  const ids = provider.keys.map(({ id }) => id);
  const moveTo = (to: number) =>
    arrange.mutate({
      provider: provider.id,
      ids: ids.toSpliced(at, 1).toSpliced(to, 0, row.id),
      use: provider.keyUse,
    });
  const { id, label } = row;
  return (
    <>
      <div>
        <KeyName {...row} /> <KeyState keyRow={row} />
      </div>
      <div className="dim">
        {row.limits === null
          ? `${limitWords(provider.publishedLimits)}, as the vendor publishes`
          : `${limitWords(row.limits)}, by its plan`}
        {row.calls > 0 && ` · ${plural(row.calls, 'call')}`}
      </div>
      <div className={styles.tools}>
        {ids.length > 1 && (
          <>
            <ActionIcon
              variant="default"
              aria-label={`Move ${label} up`}
              disabled={at === 0 || arrange.isPending}
              onClick={() => moveTo(at - 1)}
            >
              <IconArrowUp size={15} />
            </ActionIcon>
            <ActionIcon
              variant="default"
              aria-label={`Move ${label} down`}
              disabled={at === ids.length - 1 || arrange.isPending}
              onClick={() => moveTo(at + 1)}
            >
              <IconArrowDown size={15} />
            </ActionIcon>
          </>
        )}
        <Tool label={`Limits of ${label}`} onClick={() => onOpen({ what: 'limits', id })}>
          Limits
        </Tool>
        <Tool label={`Replace ${label}`} onClick={() => onOpen({ what: 'replace', id })}>
          Replace
        </Tool>
        <Tool label={`Remove ${label}`} onClick={() => onOpen({ what: 'remove', id })}>
          Remove
        </Tool>
      </div>
    </>
  );
}

const Tool = ({ label, onClick, children }: { label: string; onClick: () => void; children: string }) => (
  <Button variant="default" size="compact-xs" aria-label={label} onClick={onClick}>
    {children}
  </Button>
);

function Remove({ row: { id, label }, onClose }: { row: Key; onClose: () => void }) {
  const remove = useChange('settings.removeKey', {
    stale: ['enrichment.providers'],
    onDone: () => {
      onClose();
      say.done(`Nothing new is asked with ${label}`);
    },
  });
  return (
    <div className={styles.sure}>
      <p>Nothing new is asked with {label}. Calls under way end as they would, and their charges are kept.</p>
      <div className={styles.tools}>
        <Button variant="default" size="compact-sm" onClick={onClose}>
          Keep it
        </Button>
        <Button
          color="red"
          size="compact-sm"
          loading={remove.isPending}
          onClick={() => remove.mutate({ id })}
        >
          Remove the key
        </Button>
      </div>
    </div>
  );
}
