import type { ListRun } from '../../api/records.ts';
import { duration } from '../../format/moment.ts';
import { spend } from '../../format/money.ts';
import { Tag } from '../../ui/Tag.tsx';
import styles from './enrichment.module.css';

export function RunState({ state }: { state: ListRun['state'] }) {
  if (state === 'running')
    return (
      <Tag tone="accent" shape="half">
        Running
      </Tag>
    );
  if (state === 'paused')
    return (
      <Tag tone="warn" shape="square">
        Paused
      </Tag>
    );
  if (state === 'finished') return <Tag tone="good">Finished</Tag>;
  return <Tag shape="ring">Cancelled</Tag>;
}

/** A part of the records that are done: `63%`; a dash while none is. */
export function share(part: number, done: number): string {
  return done === 0 ? '–' : `${Math.round((part / done) * 100)}%`;
}

/** What a usable record has cost so far, or a dash. */
export function perUsable({ spentMicros, usable }: Pick<ListRun, 'spentMicros' | 'usable'>): string {
  return usable === 0 ? '–' : spend(spentMicros / usable);
}

/** What the open records cost at what the others did; null where nothing is open, or too few are done to tell. */
export function toCome({
  state,
  spentMicros,
  done,
  records,
}: Pick<ListRun, 'state' | 'spentMicros' | 'done' | 'records'>) {
  const open = records - done;
  if (open === 0 || done < TELLING || state === 'cancelled' || state === 'finished') return null;
  return (spentMicros / done) * open;
}
const TELLING = 20;

export function timeLeft({ secondsLeft }: ListRun): string {
  return secondsLeft === null ? '–' : duration(Math.max(1, secondsLeft) * 1_000);
}

export function Progress({ run }: { run: ListRun }) {
  const percent = run.records === 0 ? 100 : (run.done / run.records) * 100;
  return (
    <span
      className={styles.bar}
      data-state={run.state}
      role="progressbar"
      aria-label={`Records done of ${run.name}`}
      aria-valuemin={0}
      aria-valuemax={run.records}
      aria-valuenow={run.done}
    >
      <span style={{ width: `${percent}%` }} />
    </span>
  );
}
