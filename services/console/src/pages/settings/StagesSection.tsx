import { IconAlertTriangle } from '@tabler/icons-react';

import { useAnswer } from '../../api/hooks.ts';
import { words } from '../../format/words.ts';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './settings.module.css';
import { WonPath } from './WonPath.tsx';

export function StagesSection() {
  const stages = useAnswer('deals.stages', {});
  return (
    <>
      <SectionHead
        title="Stages"
        note="What a deal must prove before it may leave a stage. It holds on every channel, for everybody."
      />
      {stages.isPending && <BoneRows rows={7} height={52} />}
      {stages.isError && (
        <Failed what="The stages" error={stages.error} onRetry={() => void stages.refetch()} />
      )}
      {stages.isSuccess && (
        <div className={`${styles.tableBox} ${styles.part}`} tabIndex={0} role="region" aria-label="Stages">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Stage</th>
                <th scope="col">Exit criteria</th>
                <th scope="col" className={styles.end}>
                  Default probability
                </th>
              </tr>
            </thead>
            <tbody>
              {stages.data.items.map((stage) => (
                <tr key={stage.key}>
                  <td>
                    <div className="strong">{stage.name}</div>
                    {stage.type !== 'open' && <span className="dim">{words(stage.type)}</span>}
                  </td>
                  <td>
                    {stage.criteria.map((criterion) => (
                      <div key={criterion.key}>{criterion.label}</div>
                    ))}
                    {stage.criteria.length === 0 && <span className="faint">–</span>}
                    {stage.warnings.map((warning) => (
                      <div key={warning}>
                        <Tag tone="warn" shape="none">
                          <IconAlertTriangle size={13} aria-hidden />
                        </Tag>{' '}
                        <span className="dim">{warning}</span>
                      </div>
                    ))}
                  </td>
                  <td className={styles.end}>{(stage.probability * 100).toLocaleString('en-US')} %</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className={styles.part}>
        <h3>The way of won deals</h3>
        <WonPath />
      </div>
    </>
  );
}
