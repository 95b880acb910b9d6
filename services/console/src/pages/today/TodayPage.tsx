import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { DayEntry } from '../../api/records.ts';
import { plural } from '../../format/words.ts';
import { useKeys } from '../../keys/key-map.ts';
import { say } from '../../ui/notify.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { Dated, When } from '../../ui/When.tsx';
import styles from './today.module.css';

/** A rep's day as one list: who waits, what was promised, what is worth most; each with the reason for its place. */
export function TodayPage() {
  const day = useAnswer('queue.day', {}, { refetchMs: 60_000 });
  const items = day.data?.items ?? [];
  const [chosenId, setChosenId] = useState<string | null>(null);
  const at = Math.max(
    0,
    items.findIndex(({ id }) => id === chosenId),
  );
  const chosen = items[at];
  const open = useOpen();
  const tick = useTick();
  const go = (to: number) => {
    const next = items[Math.min(Math.max(to, 0), items.length - 1)];
    if (!next) return;
    setChosenId(next.id);
    document.querySelector(`#day-${next.id}`)?.scrollIntoView({ block: 'nearest' });
  };
  useKeys([
    { keys: 'j', label: 'Next', run: () => go(at + 1) },
    { keys: 'k', label: 'Previous', run: () => go(at - 1) },
    { keys: 'Enter', label: 'Open it', run: () => chosen && open(chosen) },
    { keys: 'e', label: 'Tick a task off', run: () => chosen?.kind === 'task' && tick(chosen) },
  ]);
  return (
    <div className={styles.page}>
      <PageHead title="Today" />
      {day.isPending && <BoneRows rows={8} height={57} />}
      {day.isError && <Failed what="Your day" error={day.error} onRetry={() => void day.refetch()} />}
      {day.isSuccess && items.length === 0 && (
        <Empty title="Nothing waits for you today">
          Requests, due tasks, next steps of your deals and the best of your queue appear here by themselves.
        </Empty>
      )}
      {items.length > 0 && (
        <>
          <p className={`${styles.summary} dim`}>
            {plural(items.length, 'thing')} to do, {items.filter(({ late }) => late).length} of them late.
          </p>
          <ol className={styles.list}>
            {items.map((entry) => (
              <Entry key={entry.id} entry={entry} chosen={entry.id === chosen?.id} onTick={tick} />
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function Entry(props: { entry: DayEntry; chosen: boolean; onTick: (entry: DayEntry) => void }) {
  const { entry, chosen } = props;
  const may = useMay();
  return (
    <li className={styles.entry} data-selected={chosen} id={`day-${entry.id}`}>
      <div className={styles.text}>
        <EntryLink entry={entry} />
        {entry.title !== entry.accountName && <span className="dim"> · {entry.accountName}</span>}
        <p className="dim">
          <Dated>{entry.because}</Dated>
        </p>
      </div>
      <div className={styles.state}>
        {entry.late && (
          <Tag tone="bad" shape="square">
            Late
          </Tag>
        )}
        {!entry.late && entry.dueAt && <When at={entry.dueAt} />}
        {entry.kind === 'task' && may('activity.write') && (
          <Button size="xs" variant="default" onClick={() => props.onTick(entry)}>
            Done
          </Button>
        )}
      </div>
    </li>
  );
}

function EntryLink({ entry }: { entry: DayEntry }) {
  if (entry.kind === 'inbound' || entry.kind === 'ranked')
    return (
      <Link to="/queue/$itemId" params={{ itemId: entry.id }}>
        {entry.title}
      </Link>
    );
  if (entry.dealId !== null)
    return (
      <Link to="/pipeline/$dealId" params={{ dealId: entry.dealId }}>
        {entry.title}
      </Link>
    );
  return (
    <Link to="/accounts/$accountId" params={{ accountId: entry.accountId }}>
      {entry.title}
    </Link>
  );
}

function useOpen(): (entry: DayEntry) => void {
  const navigate = useNavigate();
  return (entry) => {
    if (entry.kind === 'inbound' || entry.kind === 'ranked')
      void navigate({ to: '/queue/$itemId', params: { itemId: entry.id } });
    else if (entry.dealId !== null)
      void navigate({ to: '/pipeline/$dealId', params: { dealId: entry.dealId } });
    else void navigate({ to: '/accounts/$accountId', params: { accountId: entry.accountId } });
  };
}

function useTick(): (entry: DayEntry) => void {
  const settle = useChange('activities.settle', { stale: ['queue.day', 'accounts.timeline'] });
  return (entry) =>
    settle.mutate(
      { id: entry.id, done: true },
      {
        onSuccess: () => say.done(`Done: ${entry.title}`, () => settle.mutate({ id: entry.id, done: false })),
      },
    );
}
