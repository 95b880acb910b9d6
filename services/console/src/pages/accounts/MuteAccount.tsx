import { Button, Menu } from '@mantine/core';
import { IconBell, IconBellOff } from '@tabler/icons-react';

import { useAnswer, useChange } from '../../api/hooks.ts';
import { day } from '../../format/moment.ts';
import { say } from '../../ui/notify.tsx';

const DAY_MS = 86_400_000;
const SPANS = [
  { label: 'For a day', days: 1 },
  { label: 'For a week', days: 7 },
  { label: 'For 30 days', days: 30 },
  { label: 'For good', days: null },
] as const;
const STALE = ['notifications.mutes'] as const;

/** Whether oneself is told of this account's news; muted until a day or for good, with undo. */
export function MuteAccount({ account }: { account: { id: string; name: string } }) {
  const accountId = account.id;
  const mutes = useAnswer('notifications.mutes', {});
  const mute = useChange('notifications.mute', { stale: STALE });
  const unmute = useChange('notifications.unmute', { stale: STALE });
  const muted = mutes.data?.items.find((one) => one.accountId === accountId);
  const hear = () => unmute.mutate({ accountId });
  const change = (days: number | null) =>
    mute.mutate(
      { accountId, until: days === null ? null : new Date(Date.now() + days * DAY_MS).toISOString() },
      { onSuccess: () => say.done(`You are not told of ${account.name}`, hear) },
    );
  const state = muted ? (muted.until === null ? 'Muted' : `Muted until ${day(muted.until)}`) : 'Mute';
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <Button
          variant="default"
          loading={mute.isPending || unmute.isPending}
          leftSection={muted ? <IconBellOff size={15} aria-hidden /> : <IconBell size={15} aria-hidden />}
        >
          {state}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Your notifications of this account</Menu.Label>
        {muted && <Menu.Item onClick={hear}>Unmute</Menu.Item>}
        {SPANS.map(({ label, days }) => (
          <Menu.Item key={label} onClick={() => change(days)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
