import type { LeadRow } from '../../api/records.ts';
import { clock } from '../../format/moment.ts';
import { words } from '../../format/words.ts';
import { useNow } from '../../ui/now.ts';
import { Tag, type Tone } from '../../ui/Tag.tsx';
import styles from './leads.module.css';

const STATES: Readonly<Record<LeadRow['state'], { tone: Tone; shape: 'dot' | 'ring' | 'square' | 'half' }>> =
  {
    received: { tone: 'warn', shape: 'ring' },
    routed: { tone: 'accent', shape: 'half' },
    claimed: { tone: 'good', shape: 'half' },
    converted: { tone: 'good', shape: 'dot' },
    disqualified: { tone: 'plain', shape: 'square' },
  };

export function LeadState({ state }: { state: LeadRow['state'] }) {
  return <Tag {...STATES[state]}>{words(state)}</Tag>;
}

/** Until a person has reached out, the clock runs. */
export function FirstTouch({ lead, targetMs = 5 * 60_000 }: { lead: LeadRow; targetMs?: number }) {
  const now = useNow('second');
  const untilMs = lead.firstHumanTouchAt === null ? now : Date.parse(lead.firstHumanTouchAt);
  const tookMs = untilMs - Date.parse(lead.receivedAt);
  const running = lead.firstHumanTouchAt === null;
  if (running && lead.state === 'disqualified') return <span className="faint">–</span>;
  return (
    <span
      className={`${styles.touch} num`}
      data-running={running}
      data-late={tookMs > targetMs}
      title={running ? 'Running: nobody has called yet' : 'From the form to the first human touch'}
    >
      {clock(tookMs)}
    </span>
  );
}

export function Marks({ lead }: { lead: LeadRow }) {
  return (
    <>
      {lead.isTest && <Tag shape="square">Test</Tag>}
      {lead.marks.map((mark) => (
        <Tag key={mark} tone="warn" shape="ring">
          {words(mark)}
        </Tag>
      ))}
    </>
  );
}
