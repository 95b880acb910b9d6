import { ActionIcon, TextInput } from '@mantine/core';
import { IconArrowUp, IconDownload, IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type RefObject } from 'react';

import type { QueueFilter, QueueOrder } from '../../api/procedures.ts';
import { plural } from '../../format/words.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import type { ShownItem, useQueueList } from './queue-list.ts';
import { QueueChoice } from './QueueChoice.tsx';
import { QueueRow } from './QueueRow.tsx';
import { SavedViews } from '../../views/SavedViews.tsx';
import type { Search } from '../../views/view-search.ts';
import styles from './queue.module.css';

const FILTERS: readonly { value: QueueFilter; label: string }[] = [
  { value: 'mine', label: 'Mine' },
  { value: 'team', label: 'Team' },
  { value: 'all', label: 'All' },
  { value: 'inbound', label: 'Inbound' },
  { value: 'unclaimed', label: 'Unclaimed' },
];
/** Offered only while there are some, or while one is looking at them. */
const TESTS = { value: 'test', label: 'Tests' } as const;

export function QueueList(props: {
  list: ReturnType<typeof useQueueList>;
  filter: QueueFilter;
  search: string;
  selectedId: string | undefined;
  searchField: RefObject<HTMLInputElement | null>;
  onFilter: (filter: QueueFilter) => void;
  onSearch: (search: string) => void;
  queue: string | undefined;
  onQueue: (queue: string | undefined) => void;
  view: Readonly<Record<string, unknown>>;
  onView: (search: Search) => void;
  onExport: () => void;
  order: QueueOrder;
}) {
  const { list } = props;
  const filters = list.hasTests || props.filter === 'test' ? [...FILTERS, TESTS] : FILTERS;
  return (
    <section className={styles.list} aria-label="Queue">
      <header className={styles.listHead}>
        <h1>Queue</h1>
        <TextInput
          ref={props.searchField}
          aria-label="Search the queue"
          placeholder="Search  /"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={props.search}
          onChange={(event) => props.onSearch(event.currentTarget.value)}
          className={styles.search ?? ''}
        />
      </header>
      <QueueChoice queue={props.queue} onQueue={props.onQueue}>
        <SavedViews page="queue" size="xs" search={props.view} onOpen={props.onView} />
        <ActionIcon
          aria-label="Export what is shown as CSV"
          title="Export as CSV  x"
          onClick={props.onExport}
        >
          <IconDownload size={16} aria-hidden />
        </ActionIcon>
      </QueueChoice>
      <Tabs label="Which items" options={filters} value={props.filter} onChange={props.onFilter} />
      {list.newCount > 0 && (
        <button type="button" className={styles.announce} onClick={list.loadNew} aria-live="polite">
          <IconArrowUp size={14} aria-hidden /> {plural(list.newCount, 'new item', 'new items')} <kbd>.</kbd>
        </button>
      )}
      <Rows {...props} />
    </section>
  );
}

function Rows(props: Parameters<typeof QueueList>[0]) {
  const { query, shown } = props.list;
  if (query.isPending) return <BoneRows rows={10} height={57} />;
  if (query.isError)
    return <Failed what="The queue" error={query.error} onRetry={() => void query.refetch()} />;
  if (shown.length === 0)
    return <NothingToDo filter={props.filter} search={props.search} onFilter={props.onFilter} />;
  return (
    <VirtualRows
      shown={shown}
      order={props.order}
      selectedId={props.selectedId}
      onEnd={() => void loadMore(props.list)}
    />
  );
}

async function loadMore(list: ReturnType<typeof useQueueList>): Promise<void> {
  if (list.query.hasNextPage && !list.query.isFetchingNextPage) await list.loadMore();
}

type Line = { kind: 'heading'; text: string } | { kind: 'row'; shown: ShownItem };

function VirtualRows(props: {
  shown: readonly ShownItem[];
  order: QueueOrder;
  selectedId: string | undefined;
  onEnd: () => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const lines = linesOf(props.shown, props.order);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === 'heading' ? 29 : 57),
    getItemKey: (index) => keyOf(lines[index], index),
    overscan: 8,
  });
  const selectedLine = lines.findIndex(
    (line) => line.kind === 'row' && line.shown.item.id === props.selectedId,
  );
  useEffect(() => {
    if (selectedLine >= 0) virtual.scrollToIndex(selectedLine, { align: 'auto' });
  }, [props.selectedId]);
  const visible = virtual.getVirtualItems();
  const lastVisible = visible.at(-1)?.index ?? 0;
  const { onEnd } = props;
  useEffect(() => {
    if (lastVisible >= lines.length - 5) onEnd();
  }, [lastVisible, lines.length]);

  return (
    <div className={styles.rows} ref={scroller}>
      <ul style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {visible.map(({ index, start, key }) => {
          const line = lines[index];
          if (!line) return null;
          return (
            <li
              key={key}
              style={{ position: 'absolute', insetInline: 0, transform: `translateY(${start}px)` }}
            >
              {line.kind === 'heading' ? (
                <h2 className={styles.band}>{line.text}</h2>
              ) : (
                <QueueRow
                  shown={line.shown}
                  order={props.order}
                  selected={line.shown.item.id === props.selectedId}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function keyOf(line: Line | undefined, index: number): string {
  if (line === undefined) return String(index);
  return line.kind === 'row' ? line.shown.item.id : line.text;
}

const RANKED: Record<QueueOrder, string> = {
  priority: 'Ranked by priority',
  signal: 'Ranked by signal score',
  waiting: 'Who waits longest first',
};

function linesOf(shown: readonly ShownItem[], order: QueueOrder): Line[] {
  const bands = { inbound: 'Inbound · somebody waits', ranked: RANKED[order] };
  return shown.flatMap((one, index): Line[] => {
    const opensBand = shown[index - 1]?.item.band !== one.item.band;
    return [
      ...(opensBand ? [{ kind: 'heading' as const, text: bands[one.item.band] }] : []),
      { kind: 'row', shown: one },
    ];
  });
}

function NothingToDo(props: {
  filter: QueueFilter;
  search: string;
  onFilter: (filter: QueueFilter) => void;
}) {
  if (props.search !== '')
    return (
      <Empty title={`Nothing in the queue fits “${props.search}”`}>Try a part of the account’s name.</Empty>
    );
  return (
    <Empty
      title="Nothing to do here"
      action={
        props.filter !== 'all' && (
          <button type="button" className={styles.linkButton} onClick={() => props.onFilter('all')}>
            Show everybody’s items
          </button>
        )
      }
    >
      New leads and accounts with fresh signals appear by themselves.
    </Empty>
  );
}
