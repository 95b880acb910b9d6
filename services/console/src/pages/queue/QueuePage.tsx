import { getRouteApi, useNavigate, useParams } from '@tanstack/react-router';
import { useRef } from 'react';

import { useAnswer } from '../../api/hooks.ts';
import type { QueueFilter } from '../../api/procedures.ts';
import { queueSearch } from '../../app/search-params.ts';
import { useKeys } from '../../keys/key-map.ts';
import { usePhone } from '../../ui/phone.ts';
import { Empty } from '../../ui/States.tsx';
import { useTypedSearch } from '../../ui/typed-search.ts';
import { exportQueue } from './export-queue.ts';
import { QueueDetail } from './QueueDetail.tsx';
import { QueueList } from './QueueList.tsx';
import { useQueueActions } from './queue-actions.ts';
import { useQueueList } from './queue-list.ts';
import styles from './queue.module.css';

const route = getRouteApi('/frame/queue');

/** List at the left, the chosen item at the right; on a wide screen it opens on the first one. */
export function QueuePage() {
  const view = route.useSearch();
  const { filter = 'team', queue, q = '' } = view;
  const { itemId } = useParams({ strict: false });
  const phone = usePhone();
  const queues = useAnswer('queue.definitions', {}, { enabled: queue !== undefined });
  const order = queues.data?.items.find(({ key }) => key === queue)?.order ?? 'priority';
  const list = useQueueList(filter, queue, q || undefined);
  const go = useGo();
  const [typed, setTyped] = useTypedSearch(q, (next) => go(undefined, { filter, queue, q: next }));
  const searchField = useRef<HTMLInputElement>(null);

  const selectedId = itemId ?? (phone ? undefined : list.shown[0]?.item.id);
  const index = list.shown.findIndex(({ item }) => item.id === selectedId);
  const idAt = (position: number) => list.shown[position]?.item.id;
  const open = (id: string | undefined) => go(id, { filter, queue, q });
  const actions = useQueueActions({ ...list, next: () => open(idAt(index + 1) ?? idAt(index - 1)) });

  const exportShown = () => void exportQueue({ filter, queue, search: q || undefined });
  useKeys([
    { keys: 'j', label: 'Next item', run: () => open(idAt(index + 1) ?? selectedId) },
    { keys: 'k', label: 'Previous item', run: () => open(idAt(Math.max(index - 1, 0))) },
    { keys: 'Enter', label: 'Open the item', run: () => open(selectedId ?? idAt(0)) },
    { keys: 'Escape', label: 'Back to the list', run: () => open(undefined) },
    { keys: '.', label: 'Load what is new', run: list.loadNew },
    { keys: 'x', label: 'Export what is shown', run: exportShown },
    { keys: '/', label: 'Search the queue', run: () => searchField.current?.focus() },
  ]);
  return (
    <div className={styles.page} data-open={itemId !== undefined}>
      <QueueList
        list={list}
        filter={filter}
        search={typed}
        selectedId={selectedId}
        searchField={searchField}
        onFilter={(next) => go(undefined, { filter: next, queue, q })}
        onSearch={setTyped}
        queue={queue}
        onQueue={(next) => go(undefined, { filter, queue: next, q })}
        view={view}
        onView={(saved) => {
          const next = queueSearch(saved);
          go(undefined, { filter: next.filter ?? 'team', queue: next.queue, q: next.q ?? '' });
        }}
        onExport={exportShown}
        order={order}
      />
      {selectedId === undefined ? (
        <section className={styles.detail} aria-label="Item">
          {list.query.isSuccess && <Empty title="No item is open">Choose one from the list.</Empty>}
        </section>
      ) : (
        <QueueDetail
          key={selectedId}
          id={selectedId}
          index={index}
          shown={list.shown[index]}
          actions={actions}
          onBack={() => open(undefined)}
        />
      )}
    </div>
  );
}

function useGo() {
  const navigate = useNavigate();
  return (id: string | undefined, view: { filter: QueueFilter; queue: string | undefined; q: string }) => {
    const search = {
      ...(view.filter !== 'team' && { filter: view.filter }),
      ...(view.queue !== undefined && { queue: view.queue }),
      ...(view.q !== '' && { q: view.q }),
    };
    if (id === undefined) void navigate({ to: '/queue', search });
    else void navigate({ to: '/queue/$itemId', params: { itemId: id }, search });
  };
}
