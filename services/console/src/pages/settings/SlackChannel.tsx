import { Button, TextInput } from '@mantine/core';

import { useChange, useMay } from '../../api/hooks.ts';
import { Tag } from '../../ui/Tag.tsx';
import { MessageState } from './MessageState.tsx';
import type { Choices } from './NotificationForm.tsx';
import styles from './settings.module.css';

/** Whom Penstock writes to in Slack. */
export function SlackChannel({
  data,
  value,
  onChange,
}: {
  data: Choices;
  value: string;
  onChange: (channel: string) => void;
}) {
  const may = useMay();
  const find = useChange('notifications.findInSlack', {
    onDone: ({ slackChannel }) => onChange(slackChannel),
  });
  const { slack } = data;
  if (!slack.connected)
    return (
      <p className="dim">
        The workspace is not connected to Slack.{' '}
        {may('providers.manage') ? 'Connect it below.' : 'RevOps or an admin can connect it.'}
      </p>
    );
  return (
    <>
      <p className="dim">
        In {slack.team}, at once. <MessageState channel="slack" messages={data.messages} />{' '}
        {slack.fault !== '' && <Tag tone="bad">Slack no longer takes the token: {slack.fault}</Tag>}
      </p>
      <div className={styles.choices}>
        <TextInput
          label="Member, or channel"
          description="Your member ID (U…), or a #channel that the app is in"
          placeholder="U0123ABC"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value.trim())}
          maxLength={80}
        />
        <Button variant="default" loading={find.isPending} onClick={() => find.mutate({})}>
          Find me by my address
        </Button>
      </div>
    </>
  );
}
