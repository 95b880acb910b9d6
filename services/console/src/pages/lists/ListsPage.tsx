import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';

import { useAnswer, useMay } from '../../api/hooks.ts';
import type { AccountList } from '../../api/records.ts';
import { useKeys } from '../../keys/key-map.ts';
import { useRowCursor } from '../../keys/row-cursor.ts';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { usePhone } from '../../ui/phone.ts';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import { ListState } from './list-words.tsx';
import { ListsTabs } from './ListsTabs.tsx';

/** Lists of accounts that refill by themselves. */
export function ListsPage() {
  const navigate = useNavigate();
  const mayEdit = useMay()('icp.edit');
  const lists = useAnswer('lists.list', {});
  const rows = lists.data?.items ?? [];
  const open = (id: string) => void navigate({ to: '/lists/$listId', params: { listId: id } });
  const make = () => void navigate({ to: '/lists/new' });
  const cursor = useRowCursor({ ids: rows.map(({ id }) => id), open });
  const phone = usePhone();
  useKeys(mayEdit ? [{ keys: 'n', label: 'New list', run: make }] : []);
  const newList = mayEdit && (
    <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={make}>
      New list
    </Button>
  );
  return (
    <div className={page.page}>
      <PageHead title="Lists">{rows.length > 0 && newList}</PageHead>
      <ListsTabs here="lists" />
      {lists.isPending && <BoneRows rows={8} />}
      {lists.isError && <Failed what="The lists" error={lists.error} onRetry={() => void lists.refetch()} />}
      {lists.isSuccess && rows.length === 0 && (
        <Empty title="No list yet" action={newList}>
          A list is a question that is asked again all the time: which accounts fit, have fresh news, come
          from a file of targets. Accounts enter and leave by themselves, each with the reason, and can be
          worked from a queue of their own.
        </Empty>
      )}
      {rows.length > 0 && (
        <DataTable
          label="Lists"
          columns={phone ? COLUMNS.filter(({ id }) => ON_PHONE.has(id)) : COLUMNS}
          rows={rows}
          cursorId={cursor}
          onOpen={({ id }) => open(id)}
          minWidth={phone ? 0 : 860}
        />
      )}
    </div>
  );
}

const ON_PHONE = new Set(['name', 'members', 'entered']);
const count = (value: number) => <span className="num">{value.toLocaleString('en-US')}</span>;

const COLUMNS: readonly Column<AccountList>[] = [
  {
    id: 'name',
    label: 'Name',
    track: 'minmax(150px, 2fr)',
    cell: ({ id, name }) => (
      <Link to="/lists/$listId" params={{ listId: id }} className="strong" style={{ color: 'var(--text)' }}>
        {name}
      </Link>
    ),
  },
  { id: 'state', label: 'State', track: '130px', cell: (list) => <ListState list={list} /> },
  { id: 'members', label: 'Accounts', track: '86px', end: true, cell: ({ members }) => count(members) },
  { id: 'entered', label: 'In, 7 days', track: '86px', end: true, cell: ({ entered }) => count(entered) },
  { id: 'left', label: 'Out, 7 days', track: '90px', end: true, cell: ({ left }) => count(left) },
  {
    id: 'queue',
    label: 'Worked from',
    track: 'minmax(100px, 1fr)',
    cell: ({ followUp }) => (followUp.queue ? 'a queue' : <span className="faint">–</span>),
  },
  {
    id: 'owner',
    label: 'Owner',
    track: 'minmax(110px, 1fr)',
    cell: ({ owner }) => owner?.name ?? <span className="faint">–</span>,
  },
  {
    id: 'swept',
    label: 'Looked through',
    track: '116px',
    end: true,
    cell: ({ sweptAt }) =>
      sweptAt ? <When at={sweptAt} className="dim" /> : <span className="faint">–</span>,
  },
];
