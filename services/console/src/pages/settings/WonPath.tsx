import { useAnswer } from '../../api/hooks.ts';
import { plural } from '../../format/words.ts';
import { Bone, Failed } from '../../ui/States.tsx';
import styles from './settings.module.css';

const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)} %`);

/** What the workspace's own outcomes say of the stages, and what they suggest. */
export function WonPath() {
  const path = useAnswer('deals.wonPath', {});
  if (path.isPending) return <Bone height={120} />;
  if (path.isError)
    return <Failed what="The way of won deals" error={path.error} onRetry={() => void path.refetch()} />;
  const { won, lost, stages, suggestions } = path.data;
  if (won + lost === 0)
    return <p className="dim">No deal is decided yet. What won deals have in common is told here.</p>;
  return (
    <>
      <p className="dim num">
        From {plural(won, 'won deal')} and {lost} lost.
      </p>
      <div className={styles.tableBox} tabIndex={0} role="region" aria-label="The way of won deals">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Stage</th>
              {['Of won deals', 'Of lost deals', 'Days there, middle of won'].map((title) => (
                <th key={title} scope="col" className={styles.end}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {stages.map((stage) => (
              <tr key={stage.key}>
                <td>{stage.name}</td>
                <td className={styles.end}>{percent(stage.wonShare)}</td>
                <td className={styles.end}>{percent(stage.lostShare)}</td>
                <td className={styles.end}>
                  {stage.medianDays === null ? '–' : Math.round(stage.medianDays)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {suggestions.length === 0 ? (
        <p className="dim">
          Nothing to suggest: no milestone tells won from lost deals that is not asked for already, and no
          stage is mostly skipped.
        </p>
      ) : (
        <ul>
          {suggestions.map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </>
  );
}
