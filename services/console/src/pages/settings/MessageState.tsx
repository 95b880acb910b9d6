import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import type { Choices } from './NotificationForm.tsx';

/** What became of the last message by a way, and when the next leaves. */
export function MessageState({
  channel,
  messages,
}: {
  channel: 'mail' | 'slack';
  messages: Choices['messages'];
}) {
  const own = messages.filter((message) => message.channel === channel);
  const waiting = own.find(({ state }) => state === 'waiting');
  const last = own.find(({ state }) => state !== 'waiting');
  return (
    <>
      {last?.state === 'sent' && (
        <>
          Last sent <When at={last.at} />.{' '}
        </>
      )}
      {last?.state === 'failed' && <Tag tone="bad">Refused: {last.code}</Tag>}
      {last?.state === 'unknown' && (
        <Tag tone="warn" shape="half" title={last.code}>
          Nobody knows whether the last one arrived; it isn’t sent again
        </Tag>
      )}
      {waiting && (
        <>
          {' '}
          The next leaves <When at={waiting.at} />.
        </>
      )}
    </>
  );
}
