import { useAnswer } from '../../api/hooks.ts';
import { points } from '../../format/words.ts';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import styles from '../settings/settings.module.css';

/** Who has how much, how many days of work that is, and what nobody has touched. */
export function Load() {
  const load = useAnswer('queue.load', {});
  if (load.isPending) return <BoneRows rows={4} height={36} />;
  if (load.isError) return <Failed what="The load" error={load.error} onRetry={() => void load.refetch()} />;
  if (load.data.items.length === 0)
    return <Empty title="Nobody has anything to do">The queue is empty.</Empty>;
  return (
    <>
      <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Load per person">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th scope="col" className={styles.end}>
                Open
              </th>
              <th scope="col" className={styles.end}>
                A day
              </th>
              <th scope="col" className={styles.end}>
                Days of work
              </th>
              <th scope="col" className={styles.end}>
                Inbound
              </th>
              <th scope="col" className={styles.end}>
                In work
              </th>
              <th scope="col" className={styles.end}>
                Untouched
              </th>
              <th scope="col">Oldest of these</th>
              <th scope="col" className={styles.end}>
                Done, 7 days
              </th>
            </tr>
          </thead>
          <tbody>
            {load.data.items.map((one) => (
              <tr key={one.id}>
                <td>{one.name}</td>
                <td className={`${styles.end} num`}>{one.open}</td>
                <td className={`${styles.end} num`}>{one.capacity ?? <span className="faint">–</span>}</td>
                <td className={`${styles.end} num`}>
                  {one.capacity === null ? (
                    <span className="faint">–</span>
                  ) : (
                    points(one.open / one.capacity, one.open < one.capacity * 10 ? 1 : 0)
                  )}
                </td>
                <td className={`${styles.end} num`}>{one.inbound}</td>
                <td className={`${styles.end} num`}>{one.claimed}</td>
                <td className={`${styles.end} num`}>{one.untouched}</td>
                <td>
                  {one.oldestUntouchedAt ? (
                    <When at={one.oldestUntouchedAt} />
                  ) : (
                    <span className="faint">–</span>
                  )}
                </td>
                <td className={`${styles.end} num`}>{one.doneThisWeek}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="dim">
        A day: the most items that one of a person’s queues asks of them (Settings, Queues). Untouched: nobody
        has claimed it, and nobody has called, written or met there since it entered.
      </p>
    </>
  );
}
