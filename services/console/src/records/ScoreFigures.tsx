import { Popover } from '@mantine/core';
import { useState } from 'react';

import { useAnswer } from '../api/hooks.ts';
import type { ScoreExplained } from '../api/records.ts';
import { points } from '../format/words.ts';
import { Bone, Failed } from '../ui/States.tsx';
import { When } from '../ui/When.tsx';
import { Contributions } from './Contributions.tsx';
import { FitParts } from './FitParts.tsx';
import { EvidenceList, LineOutlook, WeekChange } from './ScoreOutlook.tsx';
import styles from './records.module.css';

type Which = 'priority' | 'signal' | 'fit';
type Scores = { priority?: number; signalScore: number; fit?: number };

/** Priority, signal score and fit; each opens into what it is made of. */
export function ScoreFigures({ accountId, scores }: { accountId: string; scores: Scores }) {
  return (
    <div className={styles.figures}>
      {scores.priority !== undefined && (
        <Figure accountId={accountId} which="priority" label="Priority" value={scores.priority} />
      )}
      <Figure accountId={accountId} which="signal" label="Signal" value={scores.signalScore} />
      {scores.fit !== undefined && (
        <Figure accountId={accountId} which="fit" label="Fit" value={scores.fit} />
      )}
    </div>
  );
}

function Figure(props: { accountId: string; which: Which; label: string; value: number }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} width={360} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.figure}
          aria-expanded={open}
          title={`What ${props.label.toLowerCase()} is made of`}
          aria-haspopup="dialog"
          onClick={() => setOpen(!open)}
        >
          <span className={`${styles.figureValue} num`}>{points(props.value)}</span>
          <span className={styles.figureLabel}>{props.label}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={`What ${props.label} is made of`}>
        {open && <Explanation accountId={props.accountId} which={props.which} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Explanation({ accountId, which }: { accountId: string; which: Which }) {
  const answer = useAnswer('scores.explain', { accountId });
  if (answer.isPending) return <Bone height={96} />;
  if (answer.isError)
    return <Failed what="The explanation" error={answer.error} onRetry={() => void answer.refetch()} />;
  return <ScoreParts explained={answer.data} which={which} />;
}

export function ScoreParts({ explained, which }: { explained: ScoreExplained; which: Which }) {
  if (which === 'fit') return <FitParts parts={explained.fitParts} total={explained.fit} />;
  if (which === 'signal')
    return (
      <>
        <Contributions parts={explained.contributions} total={explained.signalScore} />
        <WeekChange explained={explained} />
        {explained.halvesAt && (
          <p className={styles.footnote}>
            Falls to half <When at={explained.halvesAt} /> if nothing new happens.
          </p>
        )}
        {explained.risk > 0 && (
          <p className={styles.footnote}>
            Risk {points(explained.risk)}, beside the signal score:{' '}
            {explained.riskParts.map(({ label }) => label.toLowerCase()).join(', ')}.
          </p>
        )}
        <EvidenceList explained={explained} />
      </>
    );
  return <PriorityParts explained={explained} />;
}

function PriorityParts({ explained }: { explained: ScoreExplained }) {
  return (
    <>
      <table className={styles.parts}>
        <tbody>
          {explained.priorityParts.map(({ term, label, value, weight, points: given }) => (
            <tr key={term}>
              <td>
                {label}{' '}
                <span className="dim num">
                  {points(value)} × {weight}
                </span>
              </td>
              <td className="num right">{points(given, 1)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>Priority</td>
            <td className="num right">{points(explained.priority, 1)}</td>
          </tr>
        </tfoot>
      </table>
      <LineOutlook explained={explained} />
    </>
  );
}
