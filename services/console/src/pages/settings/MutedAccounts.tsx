import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { useAnswer, useChange } from '../../api/hooks.ts';
import { day } from '../../format/moment.ts';
import { say } from '../../ui/notify.tsx';
import styles from './settings.module.css';

/** Accounts of whose news one is not told, each to be heard again. */
export function MutedAccounts() {
  const mutes = useAnswer('notifications.mutes', {});
  const mute = useChange('notifications.mute', { stale: ['notifications.mutes'] });
  const unmute = useChange('notifications.unmute', { stale: ['notifications.mutes'] });
  const items = mutes.data?.items ?? [];
  return (
    <div className={styles.part}>
      <h3>Muted accounts</h3>
      <p className="dim">
        {items.length === 0
          ? 'None. Mute an account on its page, under More, until a day or for good.'
          : 'You are told neither of their signals nor of who left. Missed service levels are told all the same.'}
      </p>
      {items.length > 0 && (
        <ul className={styles.muted} aria-label="Muted accounts">
          {items.map(({ accountId, accountName, until }) => (
            <li key={accountId}>
              <span>
                <Link to="/accounts/$accountId" params={{ accountId }}>
                  {accountName}
                </Link>{' '}
                <span className="dim">{until === null ? 'for good' : `until ${day(until)}`}</span>
              </span>
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`Unmute ${accountName}`}
                loading={unmute.isPending}
                onClick={() =>
                  unmute.mutate(
                    { accountId },
                    {
                      onSuccess: () =>
                        say.done(`You are told of ${accountName} again`, () =>
                          mute.mutate({ accountId, until }),
                        ),
                    },
                  )
                }
              >
                Unmute
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
