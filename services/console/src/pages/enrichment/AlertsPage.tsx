import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { useAnswer, useChange, useMay, usePages } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { say } from '../../ui/notify.tsx';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import { EnrichmentTabs } from './EnrichmentTabs.tsx';
import styles from './alerts.module.css';
import plain from '../../ui/plain.module.css';

type Alert = QueryOutput<'enrichment.alerts'>['items'][number];

/** What is amiss with money, providers and sources, what was, and who looks after it. */
export function AlertsPage() {
  const alerts = useAnswer('enrichment.alerts', {}, { refetchMs: 15_000 });
  const mayRun = useMay()('enrichment.run');
  return (
    <div className={page.page}>
      <PageHead title="Enrichment" />
      <EnrichmentTabs here="alerts" />
      <div className={plain.content}>
        <section aria-label="Open alerts">
          <h2>Just now</h2>
          {alerts.isPending && <BoneRows rows={4} />}
          {alerts.isError && (
            <Failed what="The alerts" error={alerts.error} onRetry={() => void alerts.refetch()} />
          )}
          {alerts.isSuccess && alerts.data.items.length === 0 && (
            <Empty title="All is well">
              Budgets at 80 %, credits that run out, providers that fail, answer less or refuse their key,
              stopped calls and charges that nobody has settled are told here, and to programs by webhook.
            </Empty>
          )}
          {alerts.isSuccess && (
            <ul className={styles.alerts}>
              {alerts.data.items.map((alert) => (
                <Row key={alert.id} alert={alert} mayRun={mayRun} />
              ))}
            </ul>
          )}
        </section>
        <Closed />
      </div>
    </div>
  );
}

function Row({ alert, mayRun }: { alert: Alert; mayRun: boolean }) {
  const { id, what, remedy, openedAt, acknowledgedAt, acknowledgedBy } = alert;
  const acknowledge = useChange('enrichment.acknowledgeAlert', {
    stale: ['enrichment.alerts'],
    onDone: () => say.done('Acknowledged; it closes by itself when its cause is gone'),
  });
  return (
    <li className={styles.row}>
      <div>
        <p>
          {acknowledgedAt === null ? (
            <Tag tone="bad" shape="square">
              Open
            </Tag>
          ) : (
            <Tag tone="warn" shape="half">
              Looked after
            </Tag>
          )}{' '}
          <strong>{what}</strong>
        </p>
        <p className="dim">
          {remedy} <Where alert={alert} />
        </p>
        <p className={styles.when}>
          Since <When at={openedAt} />
          {acknowledgedAt !== null && (
            <>
              , looked after by {acknowledgedBy} <When at={acknowledgedAt} />
            </>
          )}
        </p>
      </div>
      {mayRun && acknowledgedAt === null && (
        <Button
          size="compact-sm"
          variant="default"
          loading={acknowledge.isPending}
          aria-label={`Acknowledge: ${what}`}
          onClick={() => acknowledge.mutate({ id })}
        >
          Acknowledge
        </Button>
      )}
    </li>
  );
}

/** Where something can be done about it. */
function Where({ alert: { kind, about } }: { alert: Alert }) {
  const { runId } = about;
  if (runId !== undefined)
    return (
      <Link to="/enrichment/$runId" params={{ runId }}>
        The run
      </Link>
    );
  if (kind === 'key_refused' || kind === 'balance_low')
    return (
      <Link to="/settings/$section" params={{ section: 'providers' }}>
        Keys
      </Link>
    );
  if (kind === 'source_failing')
    return (
      <Link to="/settings/$section" params={{ section: 'sources' }}>
        Sources
      </Link>
    );
  if (kind === 'provider_failing' || kind === 'provider_errors' || kind === 'hit_rate_fallen')
    return <Link to="/enrichment/providers">Providers</Link>;
  return <Link to="/enrichment/money">Money</Link>;
}

function Closed() {
  const closed = usePages('enrichment.closedAlerts', {});
  const rows = closed.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section aria-label="Closed alerts">
      <h2>Before</h2>
      {closed.isPending && <BoneRows rows={3} />}
      {closed.isError && (
        <Failed what="Earlier alerts" error={closed.error} onRetry={() => void closed.refetch()} />
      )}
      {closed.isSuccess && rows.length === 0 && <p className="dim">No alert has closed yet.</p>}
      <ul className={styles.alerts}>
        {rows.map(({ id, what, openedAt, closedAt, acknowledgedBy }) => (
          <li key={id} className={styles.row}>
            <div>
              <p>{what}</p>
              <p className={styles.when}>
                From <When at={openedAt} /> to {closedAt !== null && <When at={closedAt} />}
                {acknowledgedBy !== null && `, looked after by ${acknowledgedBy}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {closed.hasNextPage && (
        <Button
          variant="default"
          loading={closed.isFetchingNextPage}
          onClick={() => void closed.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </section>
  );
}
