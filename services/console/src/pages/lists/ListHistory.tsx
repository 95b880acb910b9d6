import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';

import { usePages } from '../../api/hooks.ts';
import type { ListChange } from '../../api/records.ts';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import { usePhone } from '../../ui/phone.ts';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { DatedClip, When } from '../../ui/When.tsx';

/** Who entered and who left, with the reason. */
export function ListHistory({ listId }: { listId: string }) {
  const changes = usePages('lists.changes', { id: listId, limit: 100 });
  const rows = useMemo(() => changes.data?.pages.flatMap(({ items }) => items) ?? [], [changes.data]);
  const phone = usePhone();
  if (changes.isPending) return <BoneRows rows={12} />;
  if (changes.isError)
    return <Failed what="The history" error={changes.error} onRetry={() => void changes.refetch()} />;
  if (rows.length === 0)
    return <Empty title="Nobody has entered yet">Who enters and leaves is told here, with the reason.</Empty>;
  return (
    <DataTable
      label="History of the list"
      columns={phone ? COLUMNS.filter(({ id }) => id !== 'at') : COLUMNS}
      rows={rows}
      onOpen={() => undefined}
      onEnd={() => void (changes.hasNextPage && !changes.isFetchingNextPage && changes.fetchNextPage())}
      loadingMore={changes.isFetchingNextPage}
      minWidth={phone ? 0 : 700}
    />
  );
}

const COLUMNS: readonly Column<ListChange>[] = [
  {
    id: 'kind',
    label: 'What',
    track: '86px',
    cell: ({ kind }) =>
      kind === 'entered' ? (
        <Tag tone="good">Entered</Tag>
      ) : (
        <Tag tone="plain" shape="ring">
          Left
        </Tag>
      ),
  },
  {
    id: 'name',
    label: 'Account',
    track: 'minmax(110px, 1fr)',
    cell: ({ accountId, name }) => (
      <Link to="/accounts/$accountId" params={{ accountId }} style={{ color: 'var(--text)' }}>
        {name}
      </Link>
    ),
  },
  {
    id: 'because',
    label: 'Why',
    track: 'minmax(120px, 2.4fr)',
    cell: ({ because }) => <DatedClip>{because}</DatedClip>,
  },
  { id: 'at', label: 'When', track: '110px', end: true, cell: ({ at }) => <When at={at} className="dim" /> },
];
