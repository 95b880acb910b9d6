import { Menu } from '@mantine/core';
import { IconBell, IconBellOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { useAnswer, useChange } from '../../api/hooks.ts';
import { day } from '../../format/moment.ts';
import { say } from '../../ui/notify.tsx';
import { Tag } from '../../ui/Tag.tsx';

const DAY_MS = 86_400_000;
const SPANS = [
  { label: 'Mute for a day', days: 1 },
  { label: 'Mute for a week', days: 7 },
  { label: 'Mute for 30 days', days: 30 },
  { label: 'Mute for good', days: null },
] as const;
const STALE = ['notifications.mutes'] as const;

type Of = { id: string; name: string };

/** Choices of a menu: whether oneself is told of this account's news; muted until a day or for good, with undo. */
export function useMuteItems(account: Of): ReactNode {
  const accountId = account.id;
  const mutes = useAnswer('notifications.mutes', {});
  const unmute = useChange('notifications.unmute', {
    stale: STALE,
    onDone: () => say.done(`You are told of ${account.name} again`),
  });
  const hear = () => unmute.mutate({ accountId });
  const mute = useChange('notifications.mute', {
    stale: STALE,
    onDone: () => say.done(`You are not told of ${account.name}`, hear),
  });
  const isMuted = mutes.data?.items.some((one) => one.accountId === accountId) ?? false;
  const until = (days: number | null) =>
    days === null ? null : new Date(Date.now() + days * DAY_MS).toISOString();
  return (
    <>
      <Menu.Divider />
      {isMuted && (
        <Menu.Item leftSection={<IconBell size={15} aria-hidden />} onClick={hear}>
          Unmute
        </Menu.Item>
      )}
      {SPANS.map(({ label, days }) => (
        <Menu.Item
          key={label}
          leftSection={<IconBellOff size={15} aria-hidden />}
          onClick={() => mute.mutate({ accountId, until: until(days) })}
        >
          {label}
        </Menu.Item>
      ))}
    </>
  );
}

/** That oneself is not told of this account, and until when. */
export function MutedTag({ accountId }: { accountId: string }) {
  const mutes = useAnswer('notifications.mutes', {});
  const muted = mutes.data?.items.find((one) => one.accountId === accountId);
  if (!muted) return null;
  return (
    <Tag shape="ring">
      {muted.until === null ? 'Muted for you' : `Muted for you until ${day(muted.until)}`}
    </Tag>
  );
}
