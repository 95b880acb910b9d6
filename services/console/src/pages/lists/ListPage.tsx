import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';

import { useAnswer, usePages } from '../../api/hooks.ts';
import type { AccountList, ListMember } from '../../api/records.ts';
import { countryName, plural } from '../../format/words.ts';
import { useRowCursor } from '../../keys/row-cursor.ts';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import page from '../../ui/page.module.css';
import { usePhone } from '../../ui/phone.ts';
import { RecordHead } from '../../ui/RecordHead.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { useTypedSearch } from '../../ui/typed-search.ts';
import { DatedClip, When } from '../../ui/When.tsx';
import { exportMembers } from './export-members.ts';
import { filterInWords, ListState } from './list-words.tsx';
import { ListActions } from './ListActions.tsx';
import { ListHistory } from './ListHistory.tsx';
import styles from './lists.module.css';

const route = getRouteApi('/frame/lists/$listId');

/** One list: who is in it and why, who came this week, who went. */
export function ListPage() {
  const { listId } = route.useParams();
  const navigate = useNavigate();
  const list = useAnswer('lists.get', { id: listId });
  const back = () => void navigate({ to: '/lists' });
  if (list.isPending) return <BoneRows rows={12} />;
  if (list.isError) return <Failed what="The list" error={list.error} onRetry={() => void list.refetch()} />;
  return <Shown list={list.data} onBack={back} />;
}

function Shown({ list, onBack }: { list: AccountList; onBack: () => void }) {
  const { show = 'all', q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const files = useAnswer('lists.files', {}, { enabled: list.filter.files.length > 0 });
  const nameOf = (id: string) => files.data?.items.find((file) => file.id === id)?.name ?? 'a file';
  return (
    <div className={page.page}>
      <RecordHead
        title={list.name}
        note={list.about || `Made by ${list.owner?.name ?? 'a program'}`}
        figures={<Figures list={list} />}
        onBack={onBack}
      >
        <ListActions list={list} />
      </RecordHead>
      <p className={styles.asks}>
        {filterInWords(list.filter, nameOf).map((phrase) => (
          <span key={phrase} className={styles.phrase}>
            {phrase}
          </span>
        ))}
        {list.followUp.queue && (
          <Link to="/queue" search={{ queue: list.id }}>
            Open its queue
          </Link>
        )}
      </p>
      <div className={styles.bar}>
        <Tabs
          label="What of the list"
          options={[
            { value: 'all', label: 'Accounts', count: list.members },
            { value: 'week', label: 'Entered this week', count: list.entered },
            { value: 'history', label: 'History' },
          ]}
          value={show}
          onChange={(next) =>
            void navigate({ search: { ...(next !== 'all' && { show: next }), ...(q && { q }) } })
          }
        />
        {show !== 'history' && <Search key={list.id} />}
      </div>
      {show === 'history' ? (
        <ListHistory listId={list.id} />
      ) : (
        <Members list={list} lately={show === 'week'} search={q} />
      )}
    </div>
  );
}

function Search() {
  const { q = '', show } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useTypedSearch(
    q,
    (next) => void navigate({ search: { ...(show && { show }), ...(next && { q: next }) } }),
  );
  return (
    <TextInput
      className={styles.search ?? ''}
      aria-label="Search the list"
      placeholder="Name"
      size="xs"
      leftSection={<IconSearch size={14} aria-hidden />}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      w={180}
    />
  );
}

const Figures = ({ list }: { list: AccountList }) => (
  <span className={styles.figures}>
    <span className="num">{plural(list.members, 'account')}</span>
    <ListState list={list} />
  </span>
);

function Members(props: { list: AccountList; lately: boolean; search: string }) {
  const { list, lately, search } = props;
  const navigate = useNavigate();
  const members = usePages('lists.members', { id: list.id, lately, search: search || undefined, limit: 100 });
  const rows = useMemo(() => members.data?.pages.flatMap(({ items }) => items) ?? [], [members.data]);
  const open = (id: string) => void navigate({ to: '/accounts/$accountId', params: { accountId: id } });
  const cursor = useRowCursor({ ids: rows.map(({ id }) => id), open });
  const phone = usePhone();
  const [exporting, setExporting] = useState(false);
  if (members.isPending) return <BoneRows rows={12} />;
  if (members.isError)
    return <Failed what="The accounts" error={members.error} onRetry={() => void members.refetch()} />;
  if (rows.length === 0) return <Nobody list={list} lately={lately} search={search} />;
  return (
    <>
      <DataTable
        label="Accounts of the list"
        columns={phone ? COLUMNS.filter(({ id }) => id === 'name' || id === 'because') : COLUMNS}
        rows={rows}
        cursorId={cursor}
        onOpen={({ id }) => open(id)}
        onEnd={() => void (members.hasNextPage && !members.isFetchingNextPage && members.fetchNextPage())}
        loadingMore={members.isFetchingNextPage}
        minWidth={phone ? 0 : 900}
      />
      <div className={styles.foot}>
        <Button
          variant="default"
          size="compact-sm"
          loading={exporting}
          onClick={() => {
            setExporting(true);
            void exportMembers(list, { lately, search }).finally(() => setExporting(false));
          }}
        >
          Export as CSV
        </Button>
      </div>
    </>
  );
}

function Nobody({ list, lately, search }: { list: AccountList; lately: boolean; search: string }) {
  if (search) return <Empty title={`No account of the list fits “${search}”`} />;
  if (lately && list.members > 0)
    return <Empty title="Nobody entered this week">Those who are in it have been for longer.</Empty>;
  if (list.sweeping)
    return (
      <Empty title="Accounts are being looked through">Whoever belongs here enters as they are found.</Empty>
    );
  return (
    <Empty title="Nobody is in this list">
      No account meets all of what it asks for at the moment. Whoever comes to meet it enters by itself; the
      form that changes the list says what keeps most of them out.
    </Empty>
  );
}

const COLUMNS: readonly Column<ListMember>[] = [
  {
    id: 'name',
    label: 'Account',
    track: 'minmax(140px, 1.2fr)',
    cell: ({ id, name }) => (
      <Link
        to="/accounts/$accountId"
        params={{ accountId: id }}
        className="strong"
        style={{ color: 'var(--text)' }}
      >
        {name}
      </Link>
    ),
  },
  {
    id: 'because',
    label: 'Why it is here',
    track: 'minmax(160px, 2.2fr)',
    cell: ({ because }) => <DatedClip>{because}</DatedClip>,
  },
  {
    id: 'domain',
    label: 'Domain',
    track: 'minmax(120px, 1fr)',
    cell: ({ domain }) => <span className="dim">{domain ?? '–'}</span>,
  },
  {
    id: 'country',
    label: 'Country',
    track: '120px',
    cell: ({ country }) => countryName(country) ?? <span className="faint">–</span>,
  },
  {
    id: 'employees',
    label: 'Employees',
    track: '88px',
    end: true,
    cell: ({ employeeCount }) => employeeCount?.toLocaleString('en-US') ?? <span className="faint">–</span>,
  },
  {
    id: 'fit',
    label: 'Fit',
    track: '52px',
    end: true,
    cell: ({ fit, fitBecause }) =>
      fit === null ? (
        <span className="faint">–</span>
      ) : (
        <span className="num" title={fitBecause}>
          {Math.round(fit)}
        </span>
      ),
  },
  {
    id: 'entered',
    label: 'Entered',
    track: '96px',
    end: true,
    cell: ({ enteredAt }) => <When at={enteredAt} className="dim" />,
  },
];
