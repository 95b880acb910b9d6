import { Link } from '@tanstack/react-router';

import { useAnswer } from '../../api/hooks.ts';
import { minutesInWords } from '../../format/duration.ts';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import styles from '../settings/settings.module.css';

/** A service level runs out without anything happening. */
const AGAIN_MS = 60_000;

/** Of each queue: how soon a first touch is promised, how soon it comes, what is about to be missed and what was. */
export function ServiceLevels() {
  const queues = useAnswer('queue.definitions', {});
  const levels = useAnswer('queue.levels', {}, { refetchMs: AGAIN_MS });
  const failed = [queues, levels].find(({ isError }) => isError);
  if (failed)
    return <Failed what="The service levels" error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!queues.data || !levels.data) return <BoneRows rows={4} height={36} />;
  const held = new Map(levels.data.items.map((level) => [level.key, level]));
  return (
    <>
      <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Service level per queue">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Queue</th>
              <th scope="col" className={styles.end}>
                Items
              </th>
              <th scope="col">First touch within</th>
              <th scope="col">It takes</th>
              <th scope="col" className={styles.end}>
                About to be missed
              </th>
              <th scope="col" className={styles.end}>
                Missed
              </th>
            </tr>
          </thead>
          <tbody>
            {[...queues.data.items, ...queues.data.ofLists].map(({ key, name, serviceLevelMinutes }) => {
              const level = held.get(key);
              return (
                <tr key={key}>
                  <td>
                    <Link to="/queue" search={{ queue: key, filter: 'all' }}>
                      {name}
                    </Link>
                  </td>
                  <td className={`${styles.end} num`}>{level?.count ?? '–'}</td>
                  <td>{minutesInWords(serviceLevelMinutes)}</td>
                  <td className="num">
                    {level?.medianMinutes == null ? (
                      <span className="faint">not yet</span>
                    ) : (
                      `${minutesInWords(level.medianMinutes)}, middle of ${level.touched}`
                    )}
                  </td>
                  <td className={`${styles.end} num`}>
                    <Count of={level?.soon ?? 0} tone="warn" />
                  </td>
                  <td className={`${styles.end} num`}>
                    <Count of={level?.missed ?? 0} tone="bad" />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="dim">
        Of the items that are open now{levels.data.cut && ', the first 5,000 by priority'}. A call, a mail or
        a meeting counts as a touch.
      </p>
    </>
  );
}

function Count({ of, tone }: { of: number; tone: 'warn' | 'bad' }) {
  if (of === 0) return <span className="faint">0</span>;
  return (
    <Tag tone={tone} shape="none">
      {of}
    </Tag>
  );
}
