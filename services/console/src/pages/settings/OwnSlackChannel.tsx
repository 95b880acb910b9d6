import { useChange, useMe } from '../../api/hooks.ts';
import { say } from '../../ui/notify.tsx';
import { Tag } from '../../ui/Tag.tsx';
import type { Choices } from './NotificationForm.tsx';
import { SlackSecretForm } from './SlackSecretForm.tsx';

const STALE = ['notifications.preferences'] as const;

/** A channel of one's own in Slack, by its incoming webhook: nobody else has to connect anything. */
export function OwnSlackChannel({ hook }: { hook: Choices['hook'] }) {
  const isSandbox = useMe().workspace.kind === 'sandbox';
  const connect = useChange('notifications.connectHook', {
    stale: STALE,
    onDone: () => say.done('Connected: a first message is in your channel'),
  });
  const disconnect = useChange('notifications.disconnectHook', {
    stale: STALE,
    onDone: () => say.done('Your channel is disconnected, its address forgotten'),
  });
  return (
    <SlackSecretForm
      title="A channel of your own in Slack"
      state={
        <>
          {hook.connected
            ? `What you have chosen for Slack goes there, by a webhook that ends with ${hook.lastFour}. `
            : 'By an incoming webhook, without an app of the workspace. It goes before the member or channel above. '}
          {hook.fault !== '' && <Tag tone="bad">Slack no longer takes it: {hook.fault}</Tag>}
        </>
      }
      label={hook.connected ? 'Another webhook' : 'Webhook'}
      description={
        isSandbox
          ? 'The sandbox takes those of T0SANDBOX; what is written stays on this machine.'
          : 'From an app’s page in Slack, under Incoming Webhooks. A first message is written there.'
      }
      placeholder={
        isSandbox
          ? 'https://hooks.slack.com/services/T0SANDBOX/B0SALES/sandboxsecret'
          : 'https://hooks.slack.com/services/…'
      }
      isConnected={hook.connected}
      connect={{
        isPending: connect.isPending,
        run: (url, onTaken) => connect.mutate({ url }, { onSuccess: onTaken }),
      }}
      disconnect={{ isPending: disconnect.isPending, run: () => disconnect.mutate({}) }}
    />
  );
}
