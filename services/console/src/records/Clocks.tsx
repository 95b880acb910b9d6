import type { LeadDetail } from '../api/records.ts';
import { clock, duration } from '../format/moment.ts';
import { useNow } from '../ui/now.ts';
import { Tag } from '../ui/Tag.tsx';
import styles from './clocks.module.css';

/** System clock: form to first automatic mail. Human clock: form to first human touch. Each runs until it is stopped. */
export function Clocks({ clocks }: { clocks: LeadDetail['clocks'] }) {
  const now = useNow('second');
  const runningMs = now - Date.parse(clocks.receivedAt);
  return (
    <dl className={styles.clocks}>
      <ClockLine
        label="First mail"
        hint="From the form to the welcome mail"
        stoppedMs={clocks.firstMailMs}
        runningMs={runningMs}
        targetMs={60_000}
      />
      <ClockLine
        label="First human touch"
        hint="From the form to a call, a written mail or a conversation; a claim does not count"
        stoppedMs={clocks.firstHumanTouchMs}
        runningMs={runningMs}
        targetMs={clocks.humanTargetMs}
      />
    </dl>
  );
}

function ClockLine(props: {
  label: string;
  hint: string;
  stoppedMs: number | null;
  runningMs: number;
  targetMs: number;
}) {
  const { stoppedMs, runningMs, targetMs } = props;
  const ms = stoppedMs ?? runningMs;
  const late = ms > targetMs;
  return (
    <div className={styles.line} title={props.hint}>
      <dt>{props.label}</dt>
      <dd>
        <span className={`${styles.face} num`} data-running={stoppedMs === null}>
          {stoppedMs === null ? clock(runningMs) : duration(stoppedMs)}
        </span>
        <Tag
          tone={late ? 'bad' : stoppedMs === null ? 'warn' : 'good'}
          shape={stoppedMs === null ? 'half' : late ? 'square' : 'dot'}
        >
          {state(stoppedMs, late, targetMs)}
        </Tag>
      </dd>
    </div>
  );
}

function state(stoppedMs: number | null, late: boolean, targetMs: number): string {
  const target = duration(targetMs);
  if (stoppedMs === null) return late ? `Running, over ${target}` : `Running, target ${target}`;
  return late ? `Over ${target}` : `Within ${target}`;
}
