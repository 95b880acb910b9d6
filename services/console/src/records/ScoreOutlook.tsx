import type { ScoreExplained } from '../api/records.ts';
import { points } from '../format/words.ts';
import { useMe } from '../api/hooks.ts';
import { exact, onDay } from '../format/moment.ts';
import { useNow } from '../ui/now.ts';
import { When } from '../ui/When.tsx';
import { liftInWords } from './lift-words.ts';
import styles from './records.module.css';

/** What moved the signal score within a week, in one line. */
export function WeekChange({ explained }: { explained: ScoreExplained }) {
  const { signalScore, changes } = explained.weekAgo;
  if (changes.length === 0) return <p className={styles.footnote}>Unchanged since a week ago.</p>;
  const told = changes
    .slice(0, 3)
    .map(({ label, points: by }) => `${label.toLowerCase()} ${by < 0 ? '−' : '+'}${rounded(by)}`);
  return (
    <p className={styles.footnote}>
      Was {points(signalScore)} a week ago: {told.join(', ')}.
    </p>
  );
}

/** In whole points; less than one would read as nothing. */
const rounded = (by: number): string => points(Math.abs(by), Math.abs(by) < 0.95 ? 1 : 0);

/** When the account leaves what a day's work reaches, or what would bring it there. */
export function LineOutlook({ explained }: { explained: ScoreExplained }) {
  const now = useNow();
  const { member } = useMe();
  const { line } = explained;
  if (line === null) return null;
  const where = `the top ${line.rank} (${points(line.priority, 1)})`;
  if (line.above)
    return (
      <p className={styles.footnote}>
        {line.fallsBelowAt ? (
          <>
            Falls below {where}{' '}
            <time dateTime={line.fallsBelowAt} title={exact(line.fallsBelowAt, member.timeZone)}>
              {onDay(line.fallsBelowAt, now, member.timeZone)}
            </time>{' '}
            if nothing new happens.
          </>
        ) : (
          <>Within {where}; what does not decay keeps it there.</>
        )}
      </p>
    );
  return (
    <p className={styles.footnote}>
      Below {where}. {liftInWords(line.wouldLift, explained.evidence, line.rank)}
    </p>
  );
}

/** The newest signal of each kind, with where it was read. */
export function EvidenceList({ explained }: { explained: ScoreExplained }) {
  if (explained.evidence.length === 0) return null;
  return (
    <ul className={styles.evidence}>
      {explained.evidence.slice(0, 4).map((one) => (
        <li key={one.kind}>
          {one.url?.startsWith('https://') ? (
            <a href={one.url} target="_blank" rel="noreferrer noopener">
              {one.summary}
            </a>
          ) : (
            one.summary
          )}{' '}
          <span className="dim">
            <When at={one.occurredAt} />
            {one.count > 1 && `, newest of ${one.count < 1_000 ? one.count : '1,000 or more'}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
