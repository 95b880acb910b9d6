import { useAnswer } from '../../api/hooks.ts';
import type { SourceRow } from '../../api/records.ts';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './settings.module.css';
import { Webhooks } from './Webhooks.tsx';

export function SourcesSection() {
  const sources = useAnswer('sources.list', {});
  return (
    <>
      <SectionHead
        title="Sources"
        note="Where signals come from. A failed fetch is an outage, never “everything was removed”."
      />
      <div className={styles.part}>
        {sources.isPending && <BoneRows rows={3} height={52} />}
        {sources.isError && (
          <Failed what="The sources" error={sources.error} onRetry={() => void sources.refetch()} />
        )}
        {sources.data?.items.length === 0 && <Empty title="Nothing is watched yet" />}
        {sources.data && sources.data.items.length > 0 && <Table sources={sources.data.items} />}
      </div>
      <Webhooks />
    </>
  );
}

function Table({ sources }: { sources: readonly SourceRow[] }) {
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Table">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">Health</th>
            <th scope="col">Last success</th>
            <th scope="col">Next</th>
            <th scope="col" className={styles.end}>
              Items
            </th>
            <th scope="col" className={styles.end}>
              Signals
            </th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr key={source.id}>
              <td>
                <div className="strong">{source.name}</div>
                <div className="faint">{source.source}</div>
              </td>
              <td>
                <Health source={source} />
                {source.lastFault && <div className="dim">{source.lastFault}</div>}
              </td>
              <td>
                {source.lastSuccessAt ? (
                  <When at={source.lastSuccessAt} />
                ) : (
                  <span className="faint">Never</span>
                )}
              </td>
              <td>
                <When at={source.dueAt} />
              </td>
              <td className={styles.end}>{source.items.toLocaleString('en-US')}</td>
              <td className={styles.end}>{source.signals.toLocaleString('en-US')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Health({ source }: { source: SourceRow }) {
  if (source.health === 'failing')
    return (
      <Tag tone="bad" shape="square">
        Failing
      </Tag>
    );
  if (source.health === 'new') return <Tag shape="ring">Not read yet</Tag>;
  return <Tag tone="good">Healthy</Tag>;
}
