import type { ReactNode } from 'react';

import styles from '../settings/settings.module.css';

export type FigureColumn<Row> = {
  label: string;
  /** A number: in tabular figures, at the right. */
  figure?: boolean;
  cell: (row: Row) => ReactNode;
};

/** A table whose columns say how a row is shown; nothing known of a cell is a dash. */
export function FigureTable<Row>(props: {
  label: string;
  columns: readonly FigureColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}) {
  const { label, columns, rows, keyOf } = props;
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.label} scope="col" className={column.figure ? styles.end : ''}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td key={column.label} className={column.figure ? `${styles.end} num` : ''}>
                  {column.cell(row) ?? <span className="faint">–</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
