import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';

import { useMay, usePages } from '../../api/hooks.ts';
import type { ListRun } from '../../api/records.ts';
import { spend } from '../../format/money.ts';
import { useKeys } from '../../keys/key-map.ts';
import { useRowCursor } from '../../keys/row-cursor.ts';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { usePhone } from '../../ui/phone.ts';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import styles from './enrichment.module.css';
import { EnrichmentTabs } from './EnrichmentTabs.tsx';
import { NewRunDialog } from './NewRunDialog.tsx';
import { perUsable, Progress, RunState, share, timeLeft } from './run-words.tsx';

/** Runs of the waterfall over lists of people, newest first. */
export function EnrichmentPage() {
  const navigate = useNavigate();
  const mayRun = useMay()('enrichment.run');
  const [asking, setAsking] = useState(false);
  const runs = usePages('enrichment.listRuns', {}, { refetchMs: 5_000 });
  const rows = useMemo(() => runs.data?.pages.flatMap(({ items }) => items) ?? [], [runs.data]);
  const open = (id: string) => void navigate({ to: '/enrichment/$runId', params: { runId: id } });
  const cursor = useRowCursor({ ids: rows.map(({ id }) => id), open });
  const phone = usePhone();
  useKeys(mayRun ? [{ keys: 'n', label: 'New run', run: () => setAsking(true) }] : []);
  const newRun = mayRun && (
    <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setAsking(true)}>
      New run
    </Button>
  );
  return (
    <div className={page.page}>
      <PageHead title="Enrichment">{rows.length > 0 && newRun}</PageHead>
      <EnrichmentTabs here="runs" />
      {runs.isPending && <BoneRows rows={12} />}
      {runs.isError && <Failed what="The runs" error={runs.error} onRetry={() => void runs.refetch()} />}
      {runs.isSuccess && rows.length === 0 && (
        <Empty title="No list has been enriched yet" action={newRun}>
          A run asks the providers of the published waterfall, one level after the other, for what people
          lack, until each has a usable contact or the money is used up.{' '}
          {mayRun
            ? 'Choose whom and how much it may cost; every call and its price is shown.'
            : 'Somebody who looks after revenue operations starts one.'}
        </Empty>
      )}
      {rows.length > 0 && (
        <DataTable
          label="Runs"
          columns={phone ? COLUMNS.filter(({ id }) => ON_PHONE.has(id)) : COLUMNS}
          rows={rows}
          cursorId={cursor}
          onOpen={({ id }) => open(id)}
          onEnd={() => void (runs.hasNextPage && !runs.isFetchingNextPage && runs.fetchNextPage())}
          loadingMore={runs.isFetchingNextPage}
          minWidth={phone ? 0 : 1080}
        />
      )}
      {asking && <NewRunDialog onClose={() => setAsking(false)} />}
    </div>
  );
}

const ON_PHONE = new Set(['name', 'state', 'usable']);

const COLUMNS: readonly Column<ListRun>[] = [
  {
    id: 'name',
    label: 'Name',
    track: 'minmax(140px, 1.6fr)',
    cell: ({ id, name }) => (
      <Link
        to="/enrichment/$runId"
        params={{ runId: id }}
        className="strong"
        style={{ color: 'var(--text)' }}
      >
        {name}
      </Link>
    ),
  },
  { id: 'state', label: 'State', track: '92px', cell: ({ state }) => <RunState state={state} /> },
  {
    id: 'done',
    label: 'Done',
    track: 'minmax(150px, 1fr)',
    cell: (run) => (
      <span className={styles.done}>
        <Progress run={run} />
        <span className="num">
          {run.done.toLocaleString('en-US')}
          <span className="faint"> / {run.records.toLocaleString('en-US')}</span>
        </span>
      </span>
    ),
  },
  level('found', 'Found'),
  level('verified', 'Verified'),
  level('usable', 'Usable'),
  {
    id: 'spent',
    label: 'Spent',
    track: '92px',
    end: true,
    cell: ({ spentMicros }) => spend(spentMicros),
  },
  { id: 'perUsable', label: 'Per usable', track: '92px', end: true, cell: perUsable },
  {
    id: 'started',
    label: 'Started',
    track: '100px',
    end: true,
    cell: ({ createdAt }) => <When at={createdAt} className="dim" />,
  },
  { id: 'left', label: 'Time left', track: '90px', end: true, cell: timeLeft },
];

function level(id: 'found' | 'verified' | 'usable', label: string): Column<ListRun> {
  return {
    id,
    label,
    track: '98px',
    end: true,
    cell: (run) => (
      <span className="num">
        {run[id].toLocaleString('en-US')} <span className="faint">{share(run[id], run.done)}</span>
      </span>
    ),
  };
}
