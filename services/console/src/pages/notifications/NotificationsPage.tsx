import { Button, Select } from '@mantine/core';
import { NOTIFICATION_KINDS } from '@penstock/engagement/model/notification-kinds';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';

import { useAnswer, useChange, usePages } from '../../api/hooks.ts';
import type { NotificationItem } from '../../api/records.ts';
import { useKeys } from '../../keys/key-map.ts';
import { useRowCursor } from '../../keys/row-cursor.ts';
import { plural } from '../../format/words.ts';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import { say } from '../../ui/notify.tsx';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { usePhone } from '../../ui/phone.ts';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { When } from '../../ui/When.tsx';
import { WhatHappened } from './WhatHappened.tsx';
import styles from './notifications.module.css';

const route = getRouteApi('/frame/notifications');
const KINDS = Object.entries(NOTIFICATION_KINDS).map(([value, { label }]) => ({ value, label }));
const STALE = ['notifications.list', 'notifications.count'] as const;

/** What the reader was told of, newest first; opening one is reading it. */
export function NotificationsPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const go = (next: typeof search) => void navigate({ to: '/notifications', search: next });
  const told = usePages('notifications.list', {
    ...(search.kind && { kind: search.kind }),
    ...(search.show === 'unread' && { unread: true }),
    limit: 60,
  });
  const all = useMemo(() => told.data?.pages.flatMap((one) => one.items) ?? [], [told.data]);
  const { rows, arrived, take } = useSettledTop(all, `${search.kind} ${search.show}`);
  const mark = useChange('notifications.mark', { stale: STALE });
  const open = (item: NotificationItem) => {
    if (item.readAt === null) mark.mutate({ ids: [item.id], read: true });
    void navigate({ href: item.path });
  };
  const cursor = useRowCursor({
    ids: rows.map(({ id }) => id),
    open: (id) => {
      const item = rows.find((row) => row.id === id);
      if (item) open(item);
    },
  });
  const marked = rows.find(({ id }) => id === cursor);
  useKeys([
    {
      keys: 'm',
      label: 'Mark the row as read, or unread again',
      run: () => marked && mark.mutate({ ids: [marked.id], read: marked.readAt === null }),
    },
    { keys: '.', label: 'Show what is new', run: take },
  ]);
  const columns = useColumns(usePhone(), open);
  return (
    <div className={page.page}>
      <PageHead title="Notifications">
        <Select
          aria-label="Kind"
          placeholder="Any kind"
          clearable
          data={KINDS}
          value={search.kind ?? null}
          onChange={(kind) => go({ ...search, kind: kindOf(kind) })}
          w={200}
        />
        <MarkAll upTo={rows[0]?.id} kind={search.kind} />
        <Button component={Link} to="/settings/notifications" variant="default">
          What I am told of
        </Button>
      </PageHead>
      <Tabs
        label="Which notifications"
        options={[
          { value: 'all', label: 'All' },
          { value: 'unread', label: 'Unread' },
        ]}
        value={search.show ?? 'all'}
        onChange={(show) => go({ ...search, show: show === 'unread' ? show : undefined })}
      />
      {arrived > 0 && (
        <button type="button" className={styles.arrived} onClick={take}>
          {plural(arrived, 'new one')} <kbd>.</kbd>
        </button>
      )}
      {told.isPending && <BoneRows rows={10} />}
      {told.isError && (
        <Failed what="The notifications" error={told.error} onRetry={() => void told.refetch()} />
      )}
      {told.isSuccess && all.length === 0 && <Nothing unread={search.show === 'unread'} />}
      {rows.length > 0 && (
        <DataTable
          label="Notifications"
          columns={columns}
          rows={rows}
          cursorId={cursor}
          onOpen={open}
          onEnd={() => void (told.hasNextPage && !told.isFetchingNextPage && told.fetchNextPage())}
          loadingMore={told.isFetchingNextPage}
        />
      )}
    </div>
  );
}

const kindOf = (name: string | null) =>
  // Safe: the choices are the keys of the record.
  (Object.keys(NOTIFICATION_KINDS) as (keyof typeof NOTIFICATION_KINDS)[]).find((kind) => kind === name);

/** What comes in while the list is looked at waits above it until it is asked for. */
function useSettledTop(all: readonly NotificationItem[], view: string) {
  const [top, setTop] = useState<{ view: string; id: string }>();
  const first = all[0]?.id;
  const settled = top?.view === view ? top.id : undefined;
  if (settled === undefined && first !== undefined) setTop({ view, id: first });
  const rows = settled === undefined ? all : all.filter(({ id }) => id <= settled);
  return {
    rows: rows.length === 0 ? all : rows,
    arrived: rows.length === 0 ? 0 : all.length - rows.length,
    take: () => first !== undefined && setTop({ view, id: first }),
  };
}

function MarkAll({ upTo, kind }: { upTo: string | undefined; kind: NotificationItem['kind'] | undefined }) {
  const unread = useAnswer('notifications.count', {}).data?.unread ?? 0;
  const markAll = useChange('notifications.markAll', {
    stale: STALE,
    onDone: ({ marked }) => say.done(`${plural(marked, 'notification')} marked as read`),
  });
  const run = () => upTo !== undefined && unread > 0 && markAll.mutate({ upTo, ...(kind && { kind }) });
  useKeys([{ keys: 'a', label: 'Mark all as read', run }]);
  return (
    <Button
      variant="default"
      onClick={run}
      loading={markAll.isPending}
      disabled={upTo === undefined || unread === 0}
    >
      Mark all as read
    </Button>
  );
}

function Nothing({ unread }: { unread: boolean }) {
  return (
    <Empty title={unread ? 'Everything is read' : 'You have not been told of anything yet'}>
      You are told when something happens at an account that you own, sell to or have taken up, when a
      champion has left, and when somebody waits too long.
    </Empty>
  );
}

function useColumns(narrow: boolean, open: (item: NotificationItem) => void): Column<NotificationItem>[] {
  const what: Column<NotificationItem> = {
    id: 'what',
    label: 'What happened',
    track: 'minmax(0, 3fr)',
    cell: (item) => <WhatHappened item={item} narrow={narrow} onOpen={() => open(item)} />,
  };
  const when: Column<NotificationItem> = {
    id: 'when',
    label: 'When',
    track: '92px',
    end: true,
    cell: ({ createdAt }) => <When at={createdAt} className="dim" />,
  };
  if (narrow) return [what, when];
  return [
    what,
    {
      id: 'kind',
      label: 'Kind',
      track: '190px',
      cell: ({ label }) => <span className="dim">{label}</span>,
    },
    {
      id: 'account',
      label: 'Account',
      track: 'minmax(0, 1fr)',
      cell: ({ account }) =>
        account && (
          <Link to="/accounts/$accountId" params={{ accountId: account.id }} className="clip">
            {account.name}
          </Link>
        ),
    },
    when,
  ];
}
