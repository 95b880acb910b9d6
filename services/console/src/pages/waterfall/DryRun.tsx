import { Button } from '@mantine/core';
import { useState } from 'react';

import { useAnswer } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { spend } from '../../format/money.ts';
import { plural, words } from '../../format/words.ts';
import { BoneRows, Failed } from '../../ui/States.tsx';
import styles from './waterfall.module.css';

type Row = QueryOutput<'enrichment.dryRunWaterfall'>['items'][number];

/** Who would be asked for whom and why, or why not: the planner alone, nobody is asked and nothing is paid. */
export function DryRun({ versionId }: { versionId: string }) {
  const [shown, setShown] = useState(false);
  if (!shown)
    return (
      <Button variant="default" onClick={() => setShown(true)}>
        Show for 20 people
      </Button>
    );
  return <DryRows versionId={versionId} />;
}

function DryRows({ versionId }: { versionId: string }) {
  const dry = useAnswer('enrichment.dryRunWaterfall', { versionId, field: 'work_email', limit: 20 });
  if (dry.isPending) return <BoneRows rows={6} />;
  if (dry.isError) return <Failed what="The dry run" error={dry.error} onRetry={() => void dry.refetch()} />;
  if (dry.data.items.length === 0)
    return (
      <p className="dim">
        {dry.data.leftOut === 0
          ? 'Nobody lacks a usable work e-mail.'
          : 'Nobody of those who lack one may or can be asked for.'}
      </p>
    );
  return (
    <>
      <p className="dim">
        Drawn at random.
        {dry.data.leftOut > 0 &&
          ` ${plural(dry.data.leftOut, 'person', 'people')} drawn beside them were passed over: they objected, or every step is left out for them.`}
      </p>
      <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Dry run">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Person</th>
              <th scope="col">Asked, until somebody knows</th>
              <th scope="col">At most</th>
              <th scope="col">Left out, and why</th>
            </tr>
          </thead>
          <tbody>
            {dry.data.items.map((row) => (
              <DryLine key={row.personId} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function DryLine({ row }: { row: Row }) {
  return (
    <tr>
      <td className={styles.whole}>
        {row.name || 'No name'} <span className="faint">{row.company}</span>
      </td>
      <td className={styles.chain}>
        {row.asked.map(({ provider, reason }, at) => (
          <span key={`${provider}-${at}`} title={reason}>
            {at > 0 && ' → '}
            {words(provider)}
          </span>
        ))}
        {row.asked.length === 0 && <span className="dim">nobody: {row.stop}</span>}
      </td>
      <td className="num">{spend(row.mostMicros)}</td>
      <td className={styles.chain}>
        {row.skipped.length > 0 && (
          <details>
            <summary>{plural(row.skipped.length, 'step')}</summary>
            {row.skipped.map(({ provider, capability, reason }) => (
              <div key={`${provider}/${capability}`} className="dim">
                {words(provider)}: {reason}
              </div>
            ))}
          </details>
        )}
      </td>
    </tr>
  );
}
