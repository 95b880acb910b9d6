import type { ReactNode } from 'react';

import type { ListRun } from '../../api/records.ts';
import { spend } from '../../format/money.ts';
import { plural } from '../../format/words.ts';
import styles from './enrichment.module.css';
import { dollars } from './forecast-words.ts';
import { perUsable, Progress, share, timeLeft, toCome } from './run-words.tsx';

/** Progress, the three levels of success, and the money; each with what it is measured against. */
export function RunFigures({ run }: { run: ListRun }) {
  const number = (value: number) => value.toLocaleString('en-US');
  return (
    <dl className={styles.figures}>
      <Figure label="Done" note={<Progress run={run} />}>
        {number(run.done)} <span className="faint">/ {number(run.records)}</span>
      </Figure>
      <Figure
        label="Pace"
        note={run.state === 'running' ? `${timeLeft(run)} left` : `${plural(run.calls, 'call')} made`}
      >
        {run.recordsPerSecond.toFixed(run.recordsPerSecond < 10 ? 1 : 0)} <span className="faint">/ s</span>
      </Figure>
      <Figure
        label="Found"
        note={levelNote(share(run.found, run.done), 'a provider gave a way to reach them')}
      >
        {number(run.found)}
      </Figure>
      <Figure
        label="Verified"
        note={levelNote(share(run.verified, run.done), 'one of these has a good verdict')}
      >
        {number(run.verified)}
      </Figure>
      <Figure
        label="Usable"
        note={levelNote(
          share(run.usable, run.done),
          'every way to reach them that was wanted meets the policy',
        )}
      >
        {number(run.usable)}
      </Figure>
      <Figure
        label="Spent"
        note={
          <>
            {run.budgetMicros === null
              ? 'no budget of its own'
              : `${share(run.spentMicros, run.budgetMicros)} of its own ${dollars(run.budgetMicros)}`}
            {toCome(run) !== null && <>, about {dollars(toCome(run) ?? 0)} to come</>}
          </>
        }
      >
        {spend(run.spentMicros)}
      </Figure>
      <Figure
        label="Per usable"
        note={
          run.guardMicros === null
            ? 'no guard'
            : `pauses above ${spend(run.guardMicros)}, from ${plural(run.guardAfterRecords, 'record')}`
        }
      >
        {perUsable(run)}
      </Figure>
    </dl>
  );
}

const levelNote = (part: string, meaning: string) => (part === '–' ? meaning : `${part}: ${meaning}`);

function Figure({ label, note, children }: { label: string; note: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.figure}>
      <dt className="dim">{label}</dt>
      <dd className={`${styles.amount} num`}>{children}</dd>
      <dd className={styles.figureNote}>{note}</dd>
    </div>
  );
}
