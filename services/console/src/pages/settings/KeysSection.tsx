import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';

import { useAnswer, useChange, useMe } from '../../api/hooks.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import { SectionHead } from './SectionHead.tsx';
import { SecretOnce } from './SecretOnce.tsx';
import styles from './settings.module.css';

export function KeysSection() {
  const keys = useAnswer('settings.keys', {});
  const [making, setMaking] = useState(false);
  const revoke = useChange('settings.revokeKey', {
    stale: ['settings.keys'],
    onDone: () => say.done('Revoked: it works nowhere any more'),
  });
  return (
    <>
      <SectionHead
        title="API keys"
        note="For programs that use the REST interface. A key can do what its scopes say and nothing else."
      >
        <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setMaking(true)}>
          Make a key
        </Button>
      </SectionHead>
      {keys.isPending && <BoneRows rows={3} height={44} />}
      {keys.isError && <Failed what="The keys" error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.data?.items.length === 0 && (
        <Empty title="No key yet">
          Make one for each program, so that one can be revoked without the others.
        </Empty>
      )}
      {keys.data && keys.data.items.length > 0 && (
        <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Table">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Begins with</th>
                <th scope="col">Scopes</th>
                <th scope="col">Made</th>
                <th scope="col">Last used</th>
                <th scope="col">
                  <span className="visually-hidden">Revoke</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {keys.data.items.map((key) => (
                <tr key={key.id}>
                  <td className="strong">{key.name}</td>
                  <td className="mono">{key.start}…</td>
                  <td className="dim">{key.scopes.join(', ')}</td>
                  <td>
                    <When at={key.createdAt} />
                  </td>
                  <td>
                    {key.lastUsedAt ? <When at={key.lastUsedAt} /> : <span className="faint">Never</span>}
                  </td>
                  <td className={styles.end}>
                    <RevokeButton name={key.name} onRevoke={() => revoke.mutate({ id: key.id })} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {making && <MakeKey onClose={() => setMaking(false)} />}
    </>
  );
}

/** Can't be undone, so it asks once more in place. */
function RevokeButton({ name, onRevoke }: { name: string; onRevoke: () => void }) {
  const [sure, setSure] = useState(false);
  return (
    <Button
      variant={sure ? 'filled' : 'default'}
      color="red"
      size="compact-xs"
      onClick={() => (sure ? onRevoke() : setSure(true))}
      onBlur={() => setSure(false)}
    >
      {sure ? `Revoke “${name}” now` : 'Revoke'}
    </Button>
  );
}

function MakeKey({ onClose }: { onClose: () => void }) {
  const { permissions } = useMe();
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const [made, setMade] = useState<string | null>(null);
  const create = useChange('settings.createKey', {
    stale: ['settings.keys'],
    onDone: ({ key }) => setMade(key),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    create.mutate({ name, scopes: permissions.filter((permission) => scopes.includes(permission)) });
  };
  if (made !== null)
    return (
      <Modal
        opened
        onClose={onClose}
        title={<strong>Your new key</strong>}
        size="md"
        closeOnClickOutside={false}
      >
        <SecretOnce secret={made} what="key" onClose={onClose}>
          Copy it now. It is stored only as a hash and can’t be shown again.
        </SecretOnce>
      </Modal>
    );
  return (
    <Modal opened onClose={onClose} title={<strong>Make a key</strong>} size="md">
      <form onSubmit={onSubmit} className={dialog.form}>
        <TextInput
          label="Name"
          description="Which program uses it"
          name="name"
          required
          maxLength={80}
          data-autofocus
        />
        <Checkbox.Group label="Scopes" value={[...scopes]} onChange={setScopes}>
          <div className={styles.scopes}>
            {permissions.map((permission) => (
              <Checkbox key={permission} value={permission} label={permission} />
            ))}
          </div>
        </Checkbox.Group>
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={scopes.length === 0}>
            Make key
          </Button>
        </div>
      </form>
    </Modal>
  );
}
