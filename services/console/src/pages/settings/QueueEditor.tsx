import { Button, MultiSelect, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';

import type { QueryOutput } from '../../api/procedures.ts';
import { minutesInWords } from '../../format/duration.ts';
import { plural } from '../../format/words.ts';
import { Tag } from '../../ui/Tag.tsx';
import own from './queues.module.css';
import { WhoseItems } from './WhoseItems.tsx';
import type { Queue } from './QueuesSection.tsx';

type Filter = Queue['filter'];
type Level = QueryOutput<'queue.levels'>['items'][number];

const KINDS = Object.entries(SIGNAL_KINDS).map(([value, { label }]) => ({ value, label }));
const BANDS: Record<Filter['band'], string> = {
  any: 'Requests and signals',
  inbound: 'Requests that wait',
  ranked: 'Signals only',
};
const DEALS: Record<Filter['deals'], string> = {
  any: 'With or without',
  without_open: 'Without an open deal',
  with_open: 'With an open deal',
  reactivating: 'With a stalled one that shows new intent',
};
const ORDERS: Record<Queue['order'], string> = {
  priority: 'Highest priority',
  signal: 'Highest signal score',
  waiting: 'Who waits longest',
};
const choices = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));
const orNull = (value: string | number): number | null => (value === '' ? null : Number(value));
const keyOf = <Key extends string>(words: Record<Key, string>, value: string, fallback: Key): Key =>
  // Safe: the keys of the record are its type's.
  (Object.keys(words) as Key[]).find((key) => key === value) ?? fallback;

/** One queue: what it holds, how much of it a day reaches, how soon each item is to be touched. */
export function QueueEditor(props: {
  queue: Queue;
  level: Level | undefined;
  cut: boolean;
  editable: boolean;
  onChange: (queue: Queue) => void;
  onRemove: (() => void) | null;
}) {
  const { queue, editable, onChange } = props;
  const { filter } = queue;
  const set = (change: Partial<Queue>) => onChange({ ...queue, ...change });
  const narrow = (change: Partial<Filter>) => set({ filter: { ...filter, ...change } });
  return (
    <fieldset className={own.queue} disabled={!editable}>
      <legend className={own.legend}>{queue.name || 'Queue without a name'}</legend>
      <Held level={props.level} cut={props.cut} capacity={queue.capacity} />
      <div className={own.fields}>
        <TextInput
          label="Name"
          value={queue.name}
          maxLength={80}
          error={queue.name.trim() === '' && 'Give it a name'}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          className={own.wide ?? ''}
          label="What it is for"
          value={queue.about}
          maxLength={200}
          onChange={(event) => set({ about: event.currentTarget.value })}
        />
        <NativeSelect
          label="Holds"
          value={filter.band}
          data={choices(BANDS)}
          onChange={(event) => narrow({ band: keyOf(BANDS, event.currentTarget.value, 'any') })}
        />
        <NativeSelect
          label="Open deals"
          value={filter.deals}
          data={choices(DEALS)}
          onChange={(event) => narrow({ deals: keyOf(DEALS, event.currentTarget.value, 'any') })}
        />
        <NumberInput
          label="News within days"
          placeholder="whenever"
          min={1}
          max={365}
          clampBehavior="strict"
          value={filter.newWithinDays ?? ''}
          onChange={(value) => narrow({ newWithinDays: orNull(value) })}
        />
        <NumberInput
          label="Signal score at least"
          placeholder="any"
          min={0}
          max={100}
          clampBehavior="strict"
          value={filter.minSignal ?? ''}
          onChange={(value) => narrow({ minSignal: orNull(value) })}
        />
        <NumberInput
          label="Risk at least"
          placeholder="any"
          min={0}
          max={100}
          clampBehavior="strict"
          value={filter.minRisk ?? ''}
          onChange={(value) => narrow({ minRisk: orNull(value) })}
        />
        <MultiSelect
          label="Signals of these kinds"
          placeholder={filter.kinds.length === 0 ? 'any' : ''}
          data={KINDS}
          value={filter.kinds}
          searchable
          onChange={(kinds) => narrow({ kinds })}
        />
        <WhoseItems filter={filter} onChange={narrow} />
        <NativeSelect
          label="First in it"
          value={queue.order}
          data={choices(ORDERS)}
          onChange={(event) => set({ order: keyOf(ORDERS, event.currentTarget.value, 'priority') })}
        />
        <NumberInput
          label="Items a day, each person"
          min={1}
          max={500}
          value={queue.capacity}
          onChange={(value) => set({ capacity: Math.min(500, Math.max(1, Math.round(Number(value)))) })}
        />
        <NumberInput
          label="First touch within minutes"
          description={minutesInWords(queue.serviceLevelMinutes)}
          min={1}
          max={43_200}
          value={queue.serviceLevelMinutes}
          onChange={(value) =>
            set({ serviceLevelMinutes: Math.min(43_200, Math.max(1, Math.round(Number(value)))) })
          }
        />
        {editable && props.onRemove && (
          <Button variant="subtle" color="red" className={own.remove ?? ''} onClick={props.onRemove}>
            Remove this queue
          </Button>
        )}
      </div>
    </fieldset>
  );
}

/** What the queue holds at this moment, and how its service level stands. */
function Held({ level, cut, capacity }: { level: Level | undefined; cut: boolean; capacity: number }) {
  if (!level) return <p className="dim">Counting…</p>;
  return (
    <p className={`${own.held} num`} role="status">
      <span>
        {cut ? 'at least ' : ''}
        {plural(level.count, 'item')} now
      </span>
      {level.count > capacity && (
        <span className="dim">{Math.ceil(level.count / capacity)} days for one person</span>
      )}
      {level.missed > 0 && (
        <Tag tone="bad" shape="none">
          {level.missed} missed
        </Tag>
      )}
      {level.soon > 0 && (
        <Tag tone="warn" shape="none">
          {level.soon} about to be missed
        </Tag>
      )}
      {level.medianMinutes !== null && (
        <span className="dim">
          first touch after {minutesInWords(level.medianMinutes)} (middle of {level.touched})
        </span>
      )}
    </p>
  );
}
