import { Alert } from '@mantine/core';

import { useAnswer } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import type { Icp } from '../../api/records.ts';
import { plural } from '../../format/words.ts';
import { Bone, Failed } from '../../ui/States.tsx';
import { lacksWords } from './icp-words.ts';
import styles from './settings.module.css';

type Counts = QueryOutput<'settings.judgeIcp'>;

/** What the profile does to the accounts that are there: counted while one edits, before it is published. */
export function IcpCounts({ icp }: { icp: Icp }) {
  const whole = icp.name.trim() !== '' && !icp.criteria.some(lacksWords);
  // A name changes no count.
  const counts = useAnswer(
    'settings.judgeIcp',
    { body: { ...icp, name: 'Counted' } },
    { enabled: whole, keepPrevious: true },
  );
  if (!whole)
    return (
      <p className="dim">Name what each criterion wants, and what the profile would do is counted here.</p>
    );
  if (counts.isPending) return <Bone height={120} />;
  if (counts.isError)
    return <Failed what="The count" error={counts.error} onRetry={() => void counts.refetch()} />;
  return <Told counts={counts.data} />;
}

function Told({ counts }: { counts: Counts }) {
  if (counts.looked === 0) return <p className="dim">There is no account yet to hold it against.</p>;
  return (
    <>
      {counts.warning && (
        <Alert color="red" variant="light" role="alert" mb="sm">
          {counts.warning}
        </Alert>
      )}
      <p className="num">
        Of {counts.cut ? 'the newest ' : ''}
        {plural(counts.looked, 'account')}: {counts.good} fit well (70 or more), {counts.fair} somewhat,{' '}
        {counts.poor} hardly, {counts.excluded} excluded.
      </p>
      <div className={styles.tableBox} tabIndex={0} role="region" aria-label="What each criterion does">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Criterion</th>
              {['Match', 'Miss', 'Unknown', 'Excluded', 'By it alone'].map((title) => (
                <th key={title} scope="col" className={styles.end}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {counts.criteria.map((one, index) => (
              // A profile may hold two criteria that read alike.
              <tr key={`${index} ${one.label}`}>
                <td>
                  {one.label} <span className="dim">{one.expected}</span>
                </td>
                {[one.match, one.miss, one.unknown, one.excluded, one.alone].map((count, at) => (
                  <td key={at} className={`${styles.end} num`}>
                    {count}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
