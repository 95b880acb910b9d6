import { Checkbox, NativeSelect } from '@mantine/core';

import { DELIMITERS, ENCODINGS, type ImportColumn, type Inspected } from './file-intake.ts';
import styles from './intake.module.css';
import plain from '../ui/plain.module.css';

/** How a file is written and what each of its columns holds, beside the first values. */
export function ColumnTable(props: {
  read: Inspected;
  choices: readonly { value: string; label: string }[];
  onColumns: (columns: ImportColumn[]) => void;
  onWritten: (said: Partial<Pick<Inspected, 'encoding' | 'delimiter' | 'header'>>) => void;
}) {
  const { read, onColumns, onWritten } = props;
  return (
    <section aria-label="Columns">
      <h2>What the columns hold</h2>
      <div className={styles.dialect}>
        <NativeSelect
          label="Delimiter"
          value={read.delimiter}
          data={DELIMITERS}
          onChange={({ currentTarget: { value } }) => onWritten({ delimiter: value })}
        />
        <NativeSelect
          label="Encoding"
          value={read.encoding}
          data={ENCODINGS}
          onChange={({ currentTarget: { value } }) => onWritten({ encoding: value })}
        />
        <Checkbox
          label="The first line names the columns"
          checked={read.header}
          onChange={({ currentTarget: { checked: header } }) => onWritten({ header })}
        />
      </div>
      <div className={plain.scroll} tabIndex={0} role="region" aria-label="Columns, table">
        <table className={`${plain.table} ${styles.columns}`}>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">First values</th>
              <th scope="col">Holds</th>
            </tr>
          </thead>
          <tbody>
            {read.columns.map((column, at) => (
              <tr key={at}>
                <th scope="row">{column.name || `Column ${at + 1}`}</th>
                <td className={styles.samples}>{column.samples.join(' · ') || '–'}</td>
                <td>
                  <NativeSelect
                    aria-label={`What ${column.name || `column ${at + 1}`} holds`}
                    value={column.field ?? ''}
                    data={[...props.choices]}
                    onChange={({ currentTarget: { value } }) =>
                      onColumns(chosen(read.columns, at, value || null))
                    }
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** A field is held by one column: whoever had it gives it up. */
const chosen = (columns: readonly ImportColumn[], at: number, field: string | null): ImportColumn[] =>
  columns.map((column, index) => {
    if (index === at) return { ...column, field };
    return field !== null && column.field === field ? { ...column, field: null } : column;
  });
