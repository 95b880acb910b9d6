import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';

import { usePages } from '../../api/hooks.ts';
import type { ListRecordFilter } from '../../api/procedures.ts';
import type { ListRun } from '../../api/records.ts';
import { useRowCursor } from '../../keys/row-cursor.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import page from '../../ui/page.module.css';
import { usePhone } from '../../ui/phone.ts';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import styles from './enrichment.module.css';
import { exportRecords } from './export-records.ts';
import { RECORD_COLUMNS } from './record-columns.tsx';
import { RecordPane } from './RecordPane.tsx';

const route = getRouteApi('/frame/enrichment/$runId');
const FILTERS: readonly { value: ListRecordFilter; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'usable', label: 'Usable' },
  { value: 'not_usable', label: 'Not usable' },
  { value: 'open', label: 'Open' },
];
const NARROW = new Set(['name', 'result']);

/** The records of a run; one opens beside them into its trace. */
export function RunRecords({ run, refetchMs }: { run: ListRun; refetchMs: number | false }) {
  const { filter = 'all', person } = route.useSearch();
  const navigate = useNavigate();
  const records = usePages('enrichment.listRecords', { runId: run.id, filter, limit: 50 }, { refetchMs });
  const rows = useMemo(
    () =>
      records.data?.pages.flatMap(({ items }) => items.map((item) => ({ ...item, id: item.personId }))) ?? [],
    [records.data],
  );
  const view = (search: { filter: ListRecordFilter; person?: string }) =>
    void navigate({
      to: '/enrichment/$runId',
      params: { runId: run.id },
      search: {
        ...(search.filter !== 'all' && { filter: search.filter }),
        ...(search.person !== undefined && { person: search.person }),
      },
    });
  const open = (id: string) => view({ filter, person: id });
  const close = () => view({ filter });
  const cursor = useRowCursor({
    ids: rows.map(({ id }) => id),
    openId: person,
    open,
    close: person === undefined ? () => void navigate({ to: '/enrichment' }) : close,
  });
  const phone = usePhone();
  const narrow = phone || person !== undefined;
  const columns = narrow ? RECORD_COLUMNS.filter(({ id }) => NARROW.has(id)) : RECORD_COLUMNS;
  const opened = rows.find(({ id }) => id === person);
  return (
    <div className={`${page.split} ${styles.records}`} data-open={person !== undefined}>
      <div>
        <div className={styles.filters}>
          <Tabs
            label="Which records"
            options={FILTERS}
            value={filter}
            onChange={(next) => view({ filter: next })}
          />
          {!narrow && <Export run={run} filter={filter} />}
        </div>
        {records.isPending && <BoneRows rows={8} />}
        {records.isError && (
          <Failed what="The records" error={records.error} onRetry={() => void records.refetch()} />
        )}
        {records.isSuccess && rows.length === 0 && <Empty title="No record here">{NONE[filter]}</Empty>}
        {rows.length > 0 && (
          <DataTable
            label="Records"
            columns={columns}
            rows={rows}
            selectedId={person}
            cursorId={cursor}
            onOpen={({ id }) => open(id)}
            onEnd={() => void (records.hasNextPage && !records.isFetchingNextPage && records.fetchNextPage())}
            loadingMore={records.isFetchingNextPage}
            minWidth={narrow ? 0 : 960}
          />
        )}
      </div>
      {person !== undefined && !records.isPending && (
        <div className={page.pane}>
          {opened ? (
            <RecordPane record={opened} onClose={close} />
          ) : (
            <Empty
              title="This record is not in the list"
              action={
                <Button variant="default" onClick={close}>
                  Back to the records
                </Button>
              }
            >
              It no longer fits the filter, or stands further down.
            </Empty>
          )}
        </div>
      )}
    </div>
  );
}

const NONE: Record<ListRecordFilter, string> = {
  all: 'The people of this run have been erased.',
  usable: 'Nobody has a usable contact yet. “Not usable” says why, record by record.',
  not_usable: 'Every record that is done is usable.',
  open: 'Every record is done.',
};

function Export({ run, filter }: { run: ListRun; filter: ListRecordFilter }) {
  const [busy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    await exportRecords(run, filter);
    setBusy(false);
  };
  return (
    <Button
      variant="default"
      loading={busy}
      leftSection={<IconDownload size={15} aria-hidden />}
      onClick={() => void start()}
    >
      Export
    </Button>
  );
}
