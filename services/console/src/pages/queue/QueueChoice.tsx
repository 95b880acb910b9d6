import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';

import { useAnswer } from '../../api/hooks.ts';
import { minutesInWords } from '../../format/duration.ts';
import { plural } from '../../format/words.ts';
import styles from './queue.module.css';

const choice = ({ key, name }: { key: string; name: string }) => ({ value: key, label: name });
/** A service level runs out without anything happening. */
const LEVELS_MS = 60_000;

/** Everything, or one of the queues that RevOps has defined; of that, what it is for. */
export function QueueChoice(props: {
  queue: string | undefined;
  onQueue: (key: string | undefined) => void;
  /** Stand beside the choice. */
  children: ReactNode;
}) {
  const queues = useAnswer('queue.definitions', {});
  const ofLists = queues.data?.ofLists ?? [];
  const items = [...(queues.data?.items ?? []), ...ofLists];
  const chosen = items.find(({ key }) => key === props.queue);
  const levels = useAnswer('queue.levels', {}, { enabled: chosen !== undefined, refetchMs: LEVELS_MS });
  const level = levels.data?.items.find(({ key }) => key === props.queue);
  return (
    <div className={styles.choice}>
      <div className={styles.choiceRow}>
        <NativeSelect
          className={styles.choiceField ?? ''}
          aria-label="Queue"
          size="xs"
          value={props.queue ?? ''}
          data={[
            { value: '', label: 'Everything, by priority' },
            ...(queues.data?.items ?? []).map(choice),
            ...(ofLists.length > 0 ? [{ group: 'Lists', items: ofLists.map(choice) }] : []),
          ]}
          onChange={(event) => props.onQueue(event.currentTarget.value || undefined)}
        />
        {props.children}
      </div>
      {chosen && (
        <p className="dim">
          {chosen.about} {plural(chosen.capacity, 'item')} a day, each within{' '}
          {minutesInWords(chosen.serviceLevelMinutes)}.
          {level && level.missed > 0 && <strong> {level.missed} missed.</strong>}
          {level && level.soon > 0 && <strong> {level.soon} about to be missed.</strong>}
        </p>
      )}
    </div>
  );
}
