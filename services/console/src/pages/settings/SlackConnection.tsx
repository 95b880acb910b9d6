import { useChange, useMe } from '../../api/hooks.ts';
import { say } from '../../ui/notify.tsx';
import type { Choices } from './NotificationForm.tsx';
import { SlackSecretForm } from './SlackSecretForm.tsx';

const STALE = ['notifications.preferences'] as const;

/** The workspace's own app in Slack; its token is kept once Slack has taken it. */
export function SlackConnection({ slack }: { slack: Choices['slack'] }) {
  const isSandbox = useMe().workspace.kind === 'sandbox';
  const connect = useChange('notifications.connectSlack', {
    stale: STALE,
    onDone: ({ team }) => say.done(`Connected to ${team}`),
  });
  const disconnect = useChange('notifications.disconnectSlack', {
    stale: STALE,
    onDone: () => say.done('Slack is disconnected, its token forgotten'),
  });
  return (
    <SlackSecretForm
      title="Slack of the workspace"
      state={slack.connected ? `Connected to ${slack.team}.` : 'Not connected: nobody is told in Slack.'}
      label={slack.connected ? 'Another bot token' : 'Bot token'}
      description={
        isSandbox
          ? 'The sandbox takes tokens that begin with xoxb-sandbox-; what is written stays on this machine.'
          : 'Of an app with the scopes chat:write, im:write and users:read.email (api.slack.com/apps).'
      }
      placeholder="xoxb-…"
      isConnected={slack.connected}
      connect={{
        isPending: connect.isPending,
        run: (token, onTaken) => connect.mutate({ token }, { onSuccess: onTaken }),
      }}
      disconnect={{ isPending: disconnect.isPending, run: () => disconnect.mutate({}) }}
    />
  );
}
