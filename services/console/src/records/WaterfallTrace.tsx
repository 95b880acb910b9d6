import type { RunTrace, WaterfallStep } from '../api/records.ts';
import { duration } from '../format/moment.ts';
import { spend } from '../format/money.ts';
import { plural, words, wordsWithin } from '../format/words.ts';
import { Tag } from '../ui/Tag.tsx';
import { When } from '../ui/When.tsx';
import styles from './trace.module.css';

/** One run of the waterfall: who was asked for what, why, what came back and what it cost. */
export function WaterfallTrace({ run }: { run: RunTrace }) {
  const asked = run.steps.filter(({ decision }) => decision === 'asked').length;
  return (
    <div className={styles.run}>
      <div className={styles.summary}>
        <RunState run={run} />
        <span className="dim">
          {plural(asked, 'call')} · version {run.waterfallVersion} · <When at={run.startedAt} />
        </span>
        <span className={`${styles.total} num`}>{spend(run.costMicros)}</span>
      </div>
      <TraceSteps steps={run.steps} working={run.state === 'running'} />
    </div>
  );
}

export type TraceStep = Omit<WaterfallStep, 'occurredAt'>;

/** The steps of a waterfall in their order, each with its reason, answer, time and price. */
export function TraceSteps({ steps, working }: { steps: readonly TraceStep[]; working: boolean }) {
  return (
    <ol className={styles.steps}>
      {steps.map((step) => (
        <Step key={step.seq} step={step} />
      ))}
      {working && <li className={styles.waiting}>Working…</li>}
    </ol>
  );
}

function RunState({ run }: { run: RunTrace }) {
  if (run.state === 'running')
    return (
      <Tag tone="accent" shape="half">
        Running
      </Tag>
    );
  return (
    <Tag
      tone={run.state === 'finished' ? 'good' : 'warn'}
      shape={run.state === 'finished' ? 'dot' : 'square'}
    >
      {run.state === 'finished' ? 'Finished' : 'Stopped'}
      {run.stopReason && `: ${run.stopReason}`}
    </Tag>
  );
}

function Step({ step }: { step: TraceStep }) {
  if (step.decision === 'stopped')
    return (
      <li className={styles.stop}>
        <span className={styles.seq}>■</span>
        <span className={styles.what}>Stopped here: {readableReason(step.reason)}</span>
      </li>
    );
  const hit = step.outcome.startsWith('hit') || /^(verified: )?valid/.test(step.outcome);
  return (
    <li className={styles.step} data-decision={step.decision}>
      <span className={`${styles.seq} num`}>{step.seq}</span>
      <div className={styles.what}>
        <div>
          <span className="strong">{words(step.provider)}</span>{' '}
          <span className="dim">
            {wordsWithin(step.capability)}
            {step.wanted.length > 0 &&
              !step.reason.startsWith('may give') &&
              ` for ${step.wanted.map(wordsWithin).join(', ')}`}
          </span>
        </div>
        <div className="faint">
          {step.decision === 'asked' ? 'Asked' : 'Skipped'}: {readableReason(step.reason)}
        </div>
      </div>
      <div className={styles.outcome}>
        {step.decision === 'skipped' && <Tag shape="ring">Skipped</Tag>}
        {step.decision === 'asked' && step.outcome === '' && (
          <Tag tone="accent" shape="half">
            Waiting
          </Tag>
        )}
        {step.outcome !== '' && (
          <Tag
            tone={hit ? 'good' : step.ledgerState === 'unknown' ? 'warn' : 'plain'}
            shape={hit ? 'dot' : 'ring'}
          >
            {readable(step.outcome)}
          </Tag>
        )}
        {step.latencyMs !== null && <span className="faint num">{duration(step.latencyMs)}</span>}
      </div>
      <Cost step={step} />
    </li>
  );
}

const LEDGER: Readonly<Record<string, string>> = {
  reserved: 'reserved',
  charged: 'charged',
  released: 'not charged',
  unknown: 'charge unknown',
  reconciled: 'reconciled',
};

function Cost({ step }: { step: TraceStep }) {
  if (step.ledgerState === null) return <span className={styles.cost} />;
  return (
    <div className={styles.cost}>
      <div className="num">{spend(step.costMicros)}</div>
      <div className={step.ledgerState === 'unknown' ? styles.unsure : 'faint'}>
        {LEDGER[step.ledgerState]}
      </div>
    </div>
  );
}

/** `hit work_email, title` → `Hit: work e-mail, title`. */
function readable(outcome: string): string {
  const [head = '', ...rest] = outcome.split(/[ :]+/);
  const fields = rest.join(' ').split(', ').map(wordsWithin).join(', ');
  return fields === '' ? words(head) : `${words(head)}: ${fields}`;
}

/** Reasons name fields by their keys. */
function readableReason(reason: string): string {
  return reason.replaceAll(/\b[a-z]+(?:_[a-z]+)+\b/g, wordsWithin);
}
