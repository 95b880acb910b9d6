import { Button, PasswordInput } from '@mantine/core';
import type { FormEvent } from 'react';

import { useChange, useMe } from '../../api/hooks.ts';
import { say } from '../../ui/notify.tsx';
import type { Choices } from './NotificationForm.tsx';
import styles from './settings.module.css';

const STALE = ['notifications.preferences'] as const;

/** The workspace's own app in Slack; its token is kept once Slack has taken it. */
export function SlackConnection({ slack }: { slack: Choices['slack'] }) {
  const { workspace } = useMe();
  const connect = useChange('notifications.connectSlack', {
    stale: STALE,
    onDone: ({ team }) => say.done(`Connected to ${team}`),
  });
  const disconnect = useChange('notifications.disconnectSlack', {
    stale: STALE,
    onDone: () => say.done('Slack is disconnected, its token forgotten'),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    connect.mutate(
      { token: String(new FormData(form).get('token')).trim() },
      { onSuccess: () => form.reset() },
    );
  };
  const hint =
    workspace.kind === 'sandbox'
      ? 'The sandbox takes tokens that begin with xoxb-sandbox-; what is written stays on this machine.'
      : 'Of an app with the scopes chat:write, im:write and users:read.email (api.slack.com/apps).';
  return (
    <div className={styles.part}>
      <h3>Slack of the workspace</h3>
      <p className="dim">
        {slack.connected ? `Connected to ${slack.team}.` : 'Not connected: nobody is told in Slack.'}
      </p>
      <form className={styles.choices} onSubmit={onSubmit}>
        <PasswordInput
          label={slack.connected ? 'Another bot token' : 'Bot token'}
          description={hint}
          name="token"
          placeholder="xoxb-…"
          autoComplete="off"
          required
          maxLength={300}
        />
        <div className={styles.tools}>
          <Button type="submit" variant="default" loading={connect.isPending}>
            Connect
          </Button>
          {slack.connected && (
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
