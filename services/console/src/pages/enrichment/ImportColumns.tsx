import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { missingColumns, type ImportField } from '@penstock/enrichment/model/import-columns';
import { useState } from 'react';

import { queryClient } from '../../api/query-client.ts';
import { csv, download } from '../../format/csv.ts';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import {
  checkFile,
  DELIMITERS,
  ENCODINGS,
  IMPORT_CHOICES,
  ImportError,
  refusedFile,
  takeFile,
  type Checked,
  type Inspected,
} from './import-file.ts';
import styles from './import.module.css';

/** What each column holds, which rows could be taken, and taking them. */
export function ImportColumns(props: {
  file: File;
  inspected: Inspected;
  onTaken: (importId: string) => void;
}) {
  const { file, inspected, onTaken } = props;
  const [read, setRead] = useState(inspected);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [name, setName] = useState(file.name.replace(/\.[a-z]+$/i, ''));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // Safe: the choices are the fields.
  const missing = missingColumns(read.columns.map(({ field }) => field as ImportField | null));
  const turn = (change: Partial<Inspected>) => {
    setRead({ ...read, ...change });
    setChecked(null);
    setProblem(null);
  };
  const work = async (doing: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await doing();
    } catch (error) {
      setProblem(error instanceof ImportError ? error.message : 'The file could not be read.');
    }
    setBusy(false);
  };
  const check = () => work(async () => setChecked(await checkFile(file, read)));
  const take = () =>
    work(async () => {
      const taken = await takeFile(file, read, name.trim() || file.name);
      say.done(`${plural(taken.created + taken.known, 'person', 'people')} brought in`);
      await queryClient.invalidateQueries({ queryKey: ['enrichment.imports'] });
      onTaken(taken.id);
    });
  return (
    <>
      <section aria-label="Columns">
        <h2>What the columns hold</h2>
        <div className={styles.dialect}>
          <NativeSelect
            label="Delimiter"
            value={read.delimiter}
            data={DELIMITERS}
            onChange={({ currentTarget: { value } }) => turn({ delimiter: value })}
          />
          <NativeSelect
            label="Encoding"
            value={read.encoding}
            data={ENCODINGS}
            onChange={({ currentTarget: { value } }) => turn({ encoding: value })}
          />
          <Checkbox
            label="The first line names the columns"
            checked={read.header}
            onChange={({ currentTarget: { checked: header } }) => turn({ header })}
          />
        </div>
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="Columns, table">
          <table className={styles.table}>
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
                      data={IMPORT_CHOICES}
                      onChange={({ currentTarget: { value } }) =>
                        turn({ columns: chosen(read.columns, at, value || null) })
                      }
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {problem !== null && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      {missing !== null && <p className={styles.note}>{missing}</p>}
      {checked && <Found checked={checked} fileName={file.name} />}
      <div className={styles.buttons}>
        {checked && checked.good > 0 && (
          <TextInput
            label="Name of the list"
            value={name}
            maxLength={120}
            onChange={({ currentTarget: { value } }) => setName(value)}
          />
        )}
        {checked ? (
          <Button loading={busy} disabled={checked.good === 0} onClick={() => void take()}>
            Bring in {plural(checked.good, 'person', 'people')}
          </Button>
        ) : (
          <Button loading={busy} disabled={missing !== null} onClick={() => void check()}>
            Check the file
          </Button>
        )}
      </div>
    </>
  );
}

/** A field is held by one column: whoever had it gives it up. */
const chosen = (columns: Inspected['columns'], at: number, field: string | null) =>
  columns.map((column, index) => {
    if (index === at) return { ...column, field };
    return field !== null && column.field === field ? { ...column, field: null } : column;
  });

function Found({ checked, fileName }: { checked: Checked; fileName: string }) {
  const { good, known, duplicates, refused, told } = checked;
  const left = duplicates + refused;
  const example = told.find(({ outcome }) => outcome === 'refused');
  return (
    <section aria-label="What was found" aria-live="polite">
      <h2>What was found</h2>
      <ul className={styles.found}>
        <li>
          <strong className="num">{good.toLocaleString('en-US')}</strong> people can be taken,{' '}
          <span className="num">{known.toLocaleString('en-US')}</span> of them known by their address: they
          are filled in, not doubled, and what was entered stays.
        </li>
        {duplicates > 0 && (
          <li>{plural(duplicates, 'row repeats', 'rows repeat')} an earlier line of the file.</li>
        )}
        {refused > 0 && (
          <li>
            {plural(refused, 'row')} can’t be taken, for instance line {example?.line}: {example?.reason}.
          </li>
        )}
      </ul>
      {left > 0 && (
        <Button
          variant="default"
          onClick={() => {
            const { header, lines } = refusedFile(checked);
            download(`left-out-of-${fileName.replace(/\.[a-z]+$/i, '')}.csv`, csv(header, lines));
          }}
        >
          Download the {plural(told.length, 'row')} left out, with reasons
        </Button>
      )}
    </section>
  );
}
