import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { columnVisibilityFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';

import styles from './data-table.module.css';

export type Column<Row> = {
  id: string;
  label: string;
  /** A CSS track: `120px`, `minmax(160px, 2fr)`. */
  track: string;
  cell: (row: Row) => ReactNode;
  end?: boolean;
  /** The server can sort by it. */
  sortable?: boolean;
};
export type Sort = { by: string; direction: 'asc' | 'desc' };

type Props<Row extends { id: string }> = {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  hidden?: Readonly<Record<string, boolean>>;
  selectedId?: string | undefined;
  cursorId?: string | undefined;
  onOpen: (row: Row) => void;
  sort?: Sort;
  onSort?: (by: string) => void;
  onEnd?: () => void;
  loadingMore?: boolean;
  minWidth?: number;
};

const features = tableFeatures({ columnVisibilityFeature });
const ROW = 36;

/** A virtualised table with a sticky head; the first cell of a row should hold its link. */
export function DataTable<Row extends { id: string }>(props: Props<Row>) {
  const { columns, rows, hidden = {}, onEnd } = props;
  const table = useTable({
    features,
    columns: columns.map(({ id }) => ({ id, accessorFn: (row: Row) => row.id })),
    data: rows as Row[],
    getRowId: (row: Row) => row.id,
    state: { columnVisibility: Object.fromEntries(Object.entries(hidden).map(([id, is]) => [id, !is])) },
  });
  const visible = table
    .getVisibleLeafColumns()
    .flatMap(({ id }) => columns.find((column) => column.id === id) ?? []);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    scrollPaddingStart: 34,
  });
  const lines = virtual.getVirtualItems();
  const last = lines.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 10) onEnd?.();
  }, [last, rows.length]);
  const cursor = rows.findIndex(({ id }) => id === (props.cursorId ?? props.selectedId));
  useEffect(() => {
    if (cursor >= 0) virtual.scrollToIndex(cursor, { align: 'auto' });
  }, [cursor]);
  const tracks = { gridTemplateColumns: visible.map(({ track }) => track).join(' ') };

  return (
    <div className={styles.scroller} ref={scroller} tabIndex={-1}>
      <div
        role="table"
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        className={styles.table}
        style={{ minWidth: props.minWidth ?? 0 }}
      >
        <Head visible={visible} tracks={tracks} sort={props.sort} onSort={props.onSort} />
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {lines.map(({ index, start }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <div
                key={row.id}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={row.id === props.selectedId}
                data-cursor={row.id === props.cursorId}
                className={styles.row}
                style={{ ...tracks, transform: `translateY(${start}px)` }}
                onClick={(event) => opensRow(event.target) && props.onOpen(row)}
              >
                {visible.map((column) => (
                  <div
                    key={column.id}
                    role="cell"
                    className={`${styles.cell} ${column.end ? styles.end : ''}`}
                  >
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
        {props.loadingMore && <div className={styles.more}>Loading more…</div>}
      </div>
    </div>
  );
}

/** A click on a control inside a row is that control's. */
function opensRow(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, select') === null;
}

function Head<Row>(props: {
  visible: readonly Column<Row>[];
  tracks: { gridTemplateColumns: string };
  sort: Sort | undefined;
  onSort: ((by: string) => void) | undefined;
}) {
  const { sort, onSort } = props;
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} style={{ display: 'grid', ...props.tracks }}>
        {props.visible.map((column) => {
          const sorted = sort?.by === column.id ? sort.direction : undefined;
          return (
            <div
              key={column.id}
              role="columnheader"
              className={`${styles.headCell} ${column.end ? styles.end : ''}`}
              {...(sorted && { 'aria-sort': sorted === 'asc' ? 'ascending' : 'descending' })}
            >
              {column.sortable && onSort ? (
                <button type="button" className={styles.sort} onClick={() => onSort(column.id)}>
                  {sorted === 'desc' && <IconArrowDown size={13} aria-hidden />}
                  {sorted === 'asc' && <IconArrowUp size={13} aria-hidden />} {column.label}
                </button>
              ) : (
                column.label
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
