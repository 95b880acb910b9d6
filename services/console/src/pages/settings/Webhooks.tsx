import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { Copy } from '../../ui/Copy.tsx';
import { Failed } from '../../ui/States.tsx';
import { SecretOnce } from './SecretOnce.tsx';
import styles from './settings.module.css';

/** Signed addresses by which other programs report signals. */
export function Webhooks() {
  const may = useMay();
  const webhooks = useAnswer('settings.webhooks', {});
  const [making, setMaking] = useState(false);
  const items = webhooks.data?.items ?? [];
  return (
    <div className={styles.part}>
      <h3>Webhooks</h3>
      <p className="dim">
        Another program reports a signal here, or up to 100 in one delivery, signed as Standard Webhooks.{' '}
        {items.length === 0 && 'There is none yet.'}
      </p>
      {webhooks.isError && (
        <Failed what="The webhooks" error={webhooks.error} onRetry={() => void webhooks.refetch()} />
      )}
      {items.length > 0 && (
        <table className={styles.table}>
          <tbody>
            {items.map((webhook) => {
              const address = new URL(webhook.path, window.location.origin).href;
              return (
                <tr key={webhook.id}>
                  <td className="strong">{webhook.name}</td>
                  <td className="mono">
                    {address} <Copy value={address} what="address" />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {may('providers.manage') && (
        <Button variant="default" mt="sm" onClick={() => setMaking(true)}>
          New webhook
        </Button>
      )}
      {making && <NewWebhook onClose={() => setMaking(false)} />}
    </div>
  );
}

function NewWebhook({ onClose }: { onClose: () => void }) {
  const [secret, setSecret] = useState<string | null>(null);
  const create = useChange('settings.createWebhook', {
    stale: ['settings.webhooks'],
    onDone: (made) => setSecret(made.secret),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    create.mutate({ name: String(new FormData(event.currentTarget).get('name')).trim() });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>New webhook</strong>}
      size="md"
      closeOnClickOutside={secret === null}
    >
      {secret === null ? (
        <form onSubmit={onSubmit} className={dialog.form}>
          <TextInput
            label="Name"
            description="Which program reports through it"
            name="name"
            required
            maxLength={80}
            data-autofocus
          />
          <div className={dialog.buttons}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending}>
              Make webhook
            </Button>
          </div>
        </form>
      ) : (
        <SecretOnce secret={secret} what="secret" onClose={onClose}>
          Copy the secret now; it is encrypted and can’t be shown again.
        </SecretOnce>
      )}
    </Modal>
  );
}
