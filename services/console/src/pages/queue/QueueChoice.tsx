import { NativeSelect } from '@mantine/core';

import { useAnswer } from '../../api/hooks.ts';
import { plural } from '../../format/words.ts';
import styles from './queue.module.css';

/** Everything, or one of the queues that RevOps has defined; of that, what it is for. */
export function QueueChoice(props: {
  queue: string | undefined;
  onQueue: (key: string | undefined) => void;
}) {
  const queues = useAnswer('queue.definitions', {});
  const items = queues.data?.items ?? [];
  const chosen = items.find(({ key }) => key === props.queue);
  return (
    <div className={styles.choice}>
      <NativeSelect
        aria-label="Queue"
        size="xs"
        value={props.queue ?? ''}
        data={[
          { value: '', label: 'Everything, by priority' },
          ...items.map(({ key, name }) => ({ value: key, label: name })),
        ]}
        onChange={(event) => props.onQueue(event.currentTarget.value || undefined)}
      />
      {chosen && (
        <p className="dim">
          {chosen.about} {plural(chosen.capacity, 'item')} a day, each within{' '}
          {within(chosen.serviceLevelMinutes)}.
        </p>
      )}
    </div>
  );
}

function within(minutes: number): string {
  if (minutes < 120) return plural(minutes, 'minute');
  return minutes < 2_880
    ? plural(Math.round(minutes / 60), 'hour')
    : plural(Math.round(minutes / 1_440), 'day');
}
