import { Button, NativeSelect, TextInput } from '@mantine/core';
import { missingTargetColumns, type TargetField } from '@penstock/scoring/model/target-row';
import { useState } from 'react';

import { queryClient } from '../../api/query-client.ts';
import { csv, download } from '../../format/csv.ts';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import {
  checkTargets,
  ImportError,
  refusedFile,
  takeTargets,
  TARGET_CHOICES,
  type Checked,
  type Inspected,
} from '../enrichment/import-file.ts';
import styles from '../enrichment/import.module.css';

/** What each column of a file of companies holds, which rows could be taken, and taking them. */
export function TargetColumns(props: { file: File; inspected: Inspected; onDone: () => void }) {
  const { file, inspected } = props;
  const [read, setRead] = useState(inspected);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [name, setName] = useState(file.name.replace(/\.[a-z]+$/i, ''));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // Safe: the choices are the fields.
  const missing = missingTargetColumns(read.columns.map(({ field }) => field as TargetField | null));
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
  const take = () =>
    work(async () => {
      const taken = await takeTargets(file, read, name.trim() || file.name);
      const parts = [
        `${taken.known} known`,
        `${taken.proposed} proposed`,
        ...(taken.ambiguous > 0 ? [`${taken.ambiguous} to settle`] : []),
      ];
      say.done(`“${name.trim()}”: ${parts.join(', ')}`);
      await queryClient.invalidateQueries({ queryKey: ['lists.files'] });
      props.onDone();
    });
  return (
    <>
      <section aria-label="Columns">
        <h2>What the columns hold</h2>
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
                      data={TARGET_CHOICES}
                      onChange={({ currentTarget: { value } }) => {
                        setRead({ ...read, columns: chosen(read.columns, at, value || null) });
                        setChecked(null);
                      }}
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
            label="Name of the file"
            value={name}
            maxLength={120}
            onChange={({ currentTarget: { value } }) => setName(value)}
          />
        )}
        {checked ? (
          <Button loading={busy} disabled={checked.good === 0} onClick={() => void take()}>
            Bring in {plural(checked.good, 'company', 'companies')}
          </Button>
        ) : (
          <Button
            loading={busy}
            disabled={missing !== null}
            onClick={() => void work(async () => setChecked(await checkTargets(file, read)))}
          >
            Check the file
          </Button>
        )}
        <Button variant="default" onClick={props.onDone}>
          Cancel
        </Button>
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
  const example = told.find(({ outcome }) => outcome === 'refused');
  return (
    <section aria-label="What was found" aria-live="polite">
      <h2>What was found</h2>
      <ul className={styles.found}>
        <li>
          <strong className="num">{plural(good, 'company', 'companies')}</strong> can be taken,{' '}
          <span className="num">{known.toLocaleString('en-US')}</span> of them known by their web address. The
          others are matched by name; whoever is unknown then is proposed as an account.
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
      {told.length > 0 && (
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
