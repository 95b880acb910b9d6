import { Button, PasswordInput } from '@mantine/core';
import type { FormEvent } from 'react';

import { useChange, useMe } from '../../api/hooks.ts';
import { say } from '../../ui/notify.tsx';
import { Tag } from '../../ui/Tag.tsx';
import type { Choices } from './NotificationForm.tsx';
import styles from './settings.module.css';

const STALE = ['notifications.preferences'] as const;

/** A channel of one's own in Slack, by its incoming webhook: nobody else has to connect anything. */
export function OwnSlackChannel({ hook }: { hook: Choices['hook'] }) {
  const { workspace } = useMe();
  const connect = useChange('notifications.connectHook', {
    stale: STALE,
    onDone: () => say.done('Connected: a first message is in your channel'),
  });
  const disconnect = useChange('notifications.disconnectHook', {
    stale: STALE,
    onDone: () => say.done('Your channel is disconnected, its address forgotten'),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    connect.mutate({ url: String(new FormData(form).get('url')).trim() }, { onSuccess: () => form.reset() });
  };
  return (
    <div className={styles.part}>
      <h3>A channel of your own in Slack</h3>
      <p className="dim">
        {hook.connected
          ? `What you have chosen for Slack goes there, by a webhook that ends with ${hook.lastFour}. `
          : 'By an incoming webhook, without an app of the workspace. It goes before the member or channel above. '}
        {hook.fault !== '' && <Tag tone="bad">Slack no longer takes it: {hook.fault}</Tag>}
      </p>
      <form className={styles.choices} onSubmit={onSubmit}>
        <PasswordInput
          label={hook.connected ? 'Another webhook' : 'Webhook'}
          description={
            workspace.kind === 'sandbox'
              ? 'The sandbox takes those of T0SANDBOX; what is written stays on this machine.'
              : 'From an app’s page in Slack, under Incoming Webhooks. A first message is written there.'
          }
          name="url"
          placeholder={
            workspace.kind === 'sandbox'
              ? 'https://hooks.slack.com/services/T0SANDBOX/B0SALES/sandboxsecret'
              : 'https://hooks.slack.com/services/…'
          }
          autoComplete="off"
          required
          maxLength={300}
        />
        <div className={styles.tools}>
          <Button type="submit" variant="default" loading={connect.isPending}>
            Connect
          </Button>
          {hook.connected && (
            <Button
              variant="subtle"
              color="red"
              loading={disconnect.isPending}
              onClick={() => disconnect.mutate({})}
            >
              Disconnect
            </Button>
          )}
        </div>
      </form>
    </div>
  );
}
