import { ANY_ITEM } from '@penstock/scoring/model/queue-definition';
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { QueueEditor } from './QueueEditor.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './settings.module.css';

export type Queue = QueryOutput<'queue.definitions'>['items'][number];
const TYPING_MS = 350;
const MOST_QUEUES = 20;

/** The queues that reps work from: each a filter, a capacity and a service level, with what it holds at this moment. */
export function QueuesSection() {
  const answer = useAnswer('queue.definitions', {});
  if (answer.isPending) return <BoneRows rows={8} height={44} />;
  if (answer.isError)
    return <Failed what="The queues" error={answer.error} onRetry={() => void answer.refetch()} />;
  return <Queues published={answer.data.items} />;
}

function Queues({ published }: { published: Queue[] }) {
  const editable = useMay()('icp.edit');
  const [edited, setEdited] = useState<Queue[] | null>(null);
  const [publishing, setPublishing] = useState(false);
  const save = useChange('queue.saveDefinitions', {
    stale: ['queue.definitions', 'queue.levels', 'queue.list'],
    onDone: () => (setEdited(null), setPublishing(false), say.done('Published. Reps see these queues now.')),
  });
  const shown = edited ?? published;
  const [counted] = useDebouncedValue(shown, TYPING_MS);
  const levels = useAnswer(
    'queue.levels',
    { queues: counted },
    { enabled: isWhole(counted), keepPrevious: true },
  );
  const blank = { ...BLANK, key: freeKey(shown) };
  return (
    <>
      <SectionHead
        title="Queues"
        note="What a rep can choose to work from: which items, in which order, how many a day, how soon. Requests that wait for a person come first."
      >
        {editable && edited !== null && (
          <>
            <Button variant="default" onClick={() => setEdited(null)}>
              Discard
            </Button>
            <Button disabled={!isWhole(edited)} onClick={() => setPublishing(true)}>
              Publish
            </Button>
          </>
        )}
        {editable && shown.length < MOST_QUEUES && (
          <Button variant="default" onClick={() => setEdited([...shown, blank])}>
            Add a queue
          </Button>
        )}
      </SectionHead>
      {shown.map((queue, index) => (
        <QueueEditor
          key={queue.key}
          queue={queue}
          level={levels.data?.items.find(({ key }) => key === queue.key)}
          cut={levels.data?.cut ?? false}
          editable={editable}
          onChange={(next) => setEdited(shown.with(index, next))}
          onRemove={shown.length > 1 ? () => setEdited(shown.toSpliced(index, 1)) : null}
        />
      ))}
      {levels.isError && (
        <div className={styles.part}>
          <Failed what="The counts" error={levels.error} onRetry={() => void levels.refetch()} />
        </div>
      )}
      {publishing && edited && (
        <PublishDialog
          changes={queueChanges(published, edited)}
          note="Reps see the new queues at once. Nothing is lost: items that no queue holds stay under “Everything, by priority”."
          pending={save.isPending}
          onPublish={(note) => save.mutate({ queues: edited, note })}
          onClose={() => setPublishing(false)}
        />
      )}
    </>
  );
}

/** Which queues are new, gone or different. */
function queueChanges(before: readonly Queue[], after: readonly Queue[]): { sign: string; text: string }[] {
  const earlier = new Map(before.map((queue) => [queue.key, JSON.stringify(queue)]));
  const kept = new Set(after.map(({ key }) => key));
  return [
    ...after.flatMap((queue) => {
      const was = earlier.get(queue.key);
      if (was === JSON.stringify(queue)) return [];
      return [{ sign: was === undefined ? '+' : '±', text: queue.name }];
    }),
    ...before.filter(({ key }) => !kept.has(key)).map(({ name }) => ({ sign: '−', text: name })),
  ];
}

const isWhole = (queues: readonly Queue[]): boolean => queues.every(({ name }) => name.trim() !== '');

function freeKey(queues: readonly Queue[]): string {
  let number = queues.length + 1;
  while (queues.some(({ key }) => key === `queue-${number}`)) number += 1;
  return `queue-${number}`;
}

const BLANK: Omit<Queue, 'key'> = {
  name: 'New queue',
  about: '',
  filter: ANY_ITEM,
  order: 'priority',
  capacity: 20,
  serviceLevelMinutes: 1_440,
};
