import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';

import { plural } from '../format/words.ts';
import { say } from '../ui/notify.tsx';
import { ColumnTable } from './ColumnTable.tsx';
import { checkFile, ImportError, inspectFile, sizeOf, type Checked, type Inspected } from './file-intake.ts';
import type { FileKind } from './file-kinds.ts';
import { FileTaking } from './FileTaking.tsx';
import { RowsFound } from './RowsFound.tsx';
import styles from './intake.module.css';

/** What each column of a file holds, which rows could be taken, and taking them. */
export function FileColumns(props: {
  kind: FileKind;
  file: File;
  inspected: Inspected;
  onCancel: () => void;
  onTaken: (id: string) => void;
}) {
  const { kind, file } = props;
  const [read, setRead] = useState(props.inspected);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [name, setName] = useState(file.name.replace(/\.[a-z]+$/i, ''));
  const [busy, setBusy] = useState(false);
  const [taking, setTaking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const missing = kind.missing(read.columns.map(({ field }) => field));
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
  const turn = (next: Inspected) => {
    setRead(next);
    setChecked(null);
    setProblem(null);
  };
  if (taking && checked)
    return (
      <FileTaking
        kind={kind}
        file={file}
        read={read}
        rows={checked.rows}
        name={name.trim() || file.name}
        onLeft={props.onCancel}
        onTaken={(id, outcome) => {
          say.done(outcome);
          props.onTaken(id);
        }}
      />
    );
  return (
    <>
      <p className={styles.file}>
        <strong>{file.name}</strong> <span className="dim">{sizeOf(file.size)}</span>
      </p>
      <ColumnTable
        read={read}
        choices={kind.choices}
        onColumns={(columns) => turn({ ...read, columns })}
        onWritten={(said) =>
          void work(async () => turn(await inspectFile(kind.path, file, { ...read, ...said })))
        }
      />
      {problem !== null && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      {missing !== null && <p className={styles.note}>{missing}</p>}
      {checked && <RowsFound kind={kind} checked={checked} fileName={file.name} />}
      <div className={styles.buttons}>
        {checked && checked.good > 0 && (
          <TextInput
            label={kind.nameLabel}
            value={name}
            maxLength={120}
            onChange={({ currentTarget: { value } }) => setName(value)}
          />
        )}
        {checked ? (
          <Button disabled={checked.good === 0} onClick={() => setTaking(true)}>
            Bring in {plural(checked.good, kind.one, kind.many)}
          </Button>
        ) : (
          <Button
            loading={busy}
            disabled={missing !== null}
            onClick={() => void work(async () => setChecked(await checkFile(kind.path, file, read)))}
          >
            Check the file
          </Button>
        )}
        <Button variant="default" onClick={props.onCancel}>
          Cancel
        </Button>
      </div>
    </>
  );
}
