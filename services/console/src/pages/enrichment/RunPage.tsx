import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';

import { useAnswer } from '../../api/hooks.ts';
import type { ListRun } from '../../api/records.ts';
import { When } from '../../ui/When.tsx';
import page from '../../ui/page.module.css';
import { usePhone } from '../../ui/phone.ts';
import { RecordHead } from '../../ui/RecordHead.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import styles from './enrichment.module.css';
import { RunActions } from './RunActions.tsx';
import { RunFigures } from './RunFigures.tsx';
import { RunRecords } from './RunRecords.tsx';
import { RunState } from './run-words.tsx';

const route = getRouteApi('/frame/enrichment/$runId');
const REFETCH_MS = 2_000;

/** A run over a list: how far it is, what it found and cost, and its records. */
export function RunPage() {
  const { runId } = route.useParams();
  const run = useAnswer('enrichment.getListRun', { id: runId });
  if (run.isPending) return <BoneRows rows={10} height={48} />;
  if (run.isError) return <Failed what="This run" error={run.error} onRetry={() => void run.refetch()} />;
  return <Run run={run.data} />;
}

function Run({ run }: { run: ListRun }) {
  useAnswer(
    'enrichment.getListRun',
    { id: run.id },
    run.state === 'running' ? { refetchMs: REFETCH_MS } : {},
  );
  const navigate = useNavigate();
  const { person } = route.useSearch();
  const alone = usePhone() && person !== undefined;
  return (
    <article className={`${page.page} ${styles.run}`} aria-label={run.name}>
      {!alone && (
        <>
          <RecordHead
            title={run.name}
            note={
              <>
                <RunState state={run.state} /> ·{' '}
                <Link to="/enrichment/waterfall" className={styles.inText}>
                  waterfall version {run.waterfallVersion}
                </Link>{' '}
                · started <When at={run.createdAt} />
              </>
            }
            figures={<RunActions run={run} />}
            onBack={() => void navigate({ to: '/enrichment' })}
          />
          {run.stateReason !== '' && (
            <p className={styles.reason} data-state={run.state}>
              {run.stateReason}
              {run.state === 'paused' && (
                <>
                  {' '}
                  Nothing is asked until it is resumed; what was paid for is kept.{' '}
                  <Link to="/enrichment/money" className={styles.inText}>
                    Budgets
                  </Link>
                </>
              )}
            </p>
          )}
          <RunFigures run={run} />
        </>
      )}
      <RunRecords run={run} refetchMs={run.state === 'running' && REFETCH_MS} />
    </article>
  );
}
