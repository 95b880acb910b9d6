import { Button, Menu } from '@mantine/core';
import { useState } from 'react';

import { useAnswer, useChange } from '../../api/hooks.ts';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import styles from './outbox.module.css';
import { UNMATCHED_STALE, useUndo, type Unmatched } from './unmatched.ts';
import { WhoDialog } from './WhoDialog.tsx';

/** Mails with people whom nobody knows, by address: who it is, or that nobody cares. */
export function UnmatchedMails() {
  const answer = useAnswer('activities.unmatched', {});
  const [asked, setAsked] = useState<Unmatched | null>(null);
  if (answer.isPending) return <BoneRows rows={6} height={64} />;
  if (answer.isError)
    return <Failed what="The unmatched mails" error={answer.error} onRetry={() => void answer.refetch()} />;
  const open = answer.data.items.filter(({ state }) => state === 'open');
  const decided = answer.data.items.filter(({ state }) => state !== 'open');
  return (
    <div className={styles.unmatched} tabIndex={0} role="region" aria-label="Unmatched mails">
      {open.length === 0 && (
        <Empty title="No mail waits">
          Mails that a program tells of, with people whom nobody knows, wait here for 30 days.
        </Empty>
      )}
      <ul className={styles.waiting} aria-label="Waiting">
        {open.map((item) => (
          <li key={item.address}>
            <About item={item} />
            <span className={styles.waitingButtons}>
              <Button
                size="compact-sm"
                aria-label={`Who is it? ${item.address}`}
                onClick={() => setAsked(item)}
              >
                Who is it?
              </Button>
              <Ignore address={item.address} />
            </span>
          </li>
        ))}
      </ul>
      {decided.length > 0 && (
        <>
          <h2>Decided lately</h2>
          <ul className={styles.waiting} aria-label="Decided lately">
            {decided.map((item) => (
              <Decided key={`${item.address} ${item.state}`} item={item} />
            ))}
          </ul>
        </>
      )}
      {asked && <WhoDialog item={asked} onClose={() => setAsked(null)} />}
    </div>
  );
}

function About({ item }: { item: Unmatched }) {
  const sent = item.count - item.received;
  return (
    <div className={styles.waitingAbout}>
      <strong>{item.name || item.address}</strong>
      {item.name && <span className="dim"> {item.address}</span>}
      <p className="dim">
        {[item.received > 0 && `${item.received} got`, sent > 0 && `${sent} sent`].filter(Boolean).join(', ')}{' '}
        by {item.members.join(', ')}, the last <When at={item.lastAt} />
        {item.suggested && `; an answer to a mail with ${item.suggested}`}
      </p>
    </div>
  );
}

function Ignore({ address }: { address: string }) {
  const undo = useUndo();
  const ignore = useChange('activities.ignoreMail', {
    stale: UNMATCHED_STALE,
    onDone: (_, { domain }) =>
      say.done(domain ? 'The domain is ignored from now on' : 'The sender is ignored from now on', () =>
        undo.mutate({ address }),
      ),
  });
  const domain = address.split('@')[1] ?? '';
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          loading={ignore.isPending}
          aria-label={`Ignore ${address}`}
        >
          Ignore
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => ignore.mutate({ address })}>Only {address}</Menu.Item>
        <Menu.Item onClick={() => ignore.mutate({ address, domain: true })}>Everybody at {domain}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Decided({ item }: { item: Unmatched }) {
  const undo = useUndo();
  return (
    <li>
      <div className={styles.waitingAbout}>
        {item.address}
        <p className="dim">
          {item.state === 'matched'
            ? `${plural(item.count, 'mail')} of ${item.person ?? 'somebody'}`
            : item.domainIgnored
              ? 'Ignored with everybody of its domain'
              : 'Ignored'}
          , by {item.decidedBy ?? 'somebody'}
          {item.decidedAt && (
            <>
              {' '}
              <When at={item.decidedAt} />
            </>
          )}
        </p>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        loading={undo.isPending}
        aria-label={`Undo ${item.address}`}
        onClick={() => undo.mutate({ address: item.address })}
      >
        Undo
      </Button>
    </li>
  );
}
