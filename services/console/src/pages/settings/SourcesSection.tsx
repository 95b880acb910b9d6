import { Button } from '@mantine/core';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { BoardsRow, SourceRow } from '../../api/records.ts';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import { AddSource } from './AddSource.tsx';
import { DescribeSource } from './DescribeSource.tsx';
import { BoardRows } from './BoardRows.tsx';
import { SectionHead } from './SectionHead.tsx';
import described from './described.module.css';
import { SourceActions } from './SourceActions.tsx';
import { Resting, SourceToday } from './SourceToday.tsx';
import { Stale } from './Stale.tsx';
import styles from './settings.module.css';
import { IntentUpload } from './IntentUpload.tsx';
import { OutgoingWebhooks } from './OutgoingWebhooks.tsx';
import { VisitsInSources } from './VisitsInSources.tsx';
import { Webhooks } from './Webhooks.tsx';
import { Yield } from './Yield.tsx';

export function SourcesSection() {
  const sources = useAnswer('sources.list', {});
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const [describing, setDescribing] = useState(false);
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
        {sources.data && sources.data.items.length > 0 && (
          <Table sources={sources.data.items} boards={sources.data.boards} />
        )}
        {may('providers.manage') && (
          <Button variant="default" mt="sm" onClick={() => setAdding(true)}>
            Add a source
          </Button>
        )}{' '}
        {may('providers.manage') && (
          <Button variant="default" mt="sm" onClick={() => setDescribing(true)}>
            Describe a source
          </Button>
        )}
        {describing && <DescribeSource onClose={() => setDescribing(false)} />}
        {adding && <AddSource onClose={() => setAdding(false)} />}
      </div>
      <VisitsInSources />
      <IntentUpload />
      <Webhooks />
      <OutgoingWebhooks />
    </>
  );
}

function Table({ sources, boards }: { sources: readonly SourceRow[]; boards: readonly BoardsRow[] }) {
  const may = useMay();
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
              Requests today
            </th>
            <th scope="col" className={styles.end}>
              Looks
            </th>
            <th scope="col" className={styles.end}>
              Items
            </th>
            <th scope="col" className={styles.end}>
              Signals
            </th>
            <th scope="col" className={styles.end}>
              Judged right
            </th>
            {may('providers.manage') && <th scope="col">Watching</th>}
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr key={source.id}>
              <td>
                <div className="strong">{source.name}</div>
                <div className="faint clip" title={source.url ?? source.source}>
                  {source.url ?? source.source}
                </div>
                {source.staleness && source.staleness.watched > 0 && (
                  <Stale
                    of={source.staleness}
                    thing={source.source === 'company-sites' ? 'site' : 'domain'}
                  />
                )}
                <Resting today={source.today} />
                {may('providers.manage') && source.url !== null && <SourceActions source={source} />}
              </td>
              <td>
                <Health source={source} />
                {source.lastFault && <div className="dim">{source.lastFault}</div>}
                {source.sample && (
                  <details>
                    <summary className="dim">What could not be read</summary>
                    <pre className={styles.sample}>{source.sample}</pre>
                  </details>
                )}
              </td>
              <td>
                {source.lastSuccessAt ? (
                  <When at={source.lastSuccessAt} />
                ) : (
                  <span className="faint">Never</span>
                )}
              </td>
              <td>
                {source.active ? <When at={source.dueAt} /> : <span className="faint">–</span>}
                {isLate(source) && <div className="dim">late</div>}
                {source.active && may('providers.manage') && <LookNow source={source} />}
              </td>
              <SourceToday of={source} may={may('providers.manage')} />
              <td className={styles.end}>
                {source.looks.toLocaleString('en-US')}
                {source.unchanged > 0 && (
                  <div className="faint">{source.unchanged.toLocaleString('en-US')} unchanged</div>
                )}
              </td>
              <td className={styles.end}>{source.items.toLocaleString('en-US')}</td>
              <td className={styles.end}>
                {source.signals.toLocaleString('en-US')}
                <Yield of={source} />
              </td>
              <td className={styles.end}>
                {source.judged === 0 ? (
                  <span className="faint">Not yet</span>
                ) : (
                  `${source.right} of ${source.judged}`
                )}
              </td>
              {may('providers.manage') && (
                <td>
                  <Switch source={source} />
                </td>
              )}
            </tr>
          ))}
          <BoardRows boards={boards} may={may('providers.manage')} />
        </tbody>
      </table>
    </div>
  );
}

const LATE_MS = 2 * 60_000;

/** Overdue by more than a round of the watchers: limits, or nobody looks. */
const isLate = ({ active, dueAt }: SourceRow): boolean =>
  active && Date.now() - new Date(dueAt).getTime() > LATE_MS;

/** At once, within its limits; what it gave is in this row when it comes back. */
function LookNow({ source }: { source: SourceRow }) {
  const look = useChange('sources.lookNow', {
    stale: ['sources.list'],
    onDone: () => say.done(`${source.name} is looked at now`),
  });
  return (
    <div className={described.actions}>
      <Button
        variant="subtle"
        size="compact-xs"
        aria-label={`Look now at ${source.name}`}
        loading={look.isPending}
        onClick={() => look.mutate({ id: source.id })}
      >
        Look now
      </Button>
    </div>
  );
}

/** What a source told stays when nobody looks at it any more. */
function Switch({ source }: { source: SourceRow }) {
  const change = useChange('sources.switch', { stale: ['sources.list'] });
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={`${source.active ? 'Stop watching' : 'Watch'} ${source.name}`}
      loading={change.isPending}
      onClick={() => change.mutate({ id: source.id, active: !source.active })}
    >
      {source.active ? 'Stop' : 'Watch'}
    </Button>
  );
}

function Health({ source }: { source: SourceRow }) {
  if (!source.active) return <Tag shape="ring">Stopped</Tag>;
  if (source.health === 'failing')
    return (
      <Tag tone="bad" shape="square">
        Failing
      </Tag>
    );
  if (source.health === 'new') return <Tag shape="ring">Not read yet</Tag>;
  return <Tag tone="good">Healthy</Tag>;
}
