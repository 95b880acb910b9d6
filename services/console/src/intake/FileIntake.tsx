import { useState } from 'react';

import { FileDrop } from './FileDrop.tsx';
import { FileColumns } from './FileColumns.tsx';
import { ImportError, inspectFile, MOST_BYTES, type Inspected } from './file-intake.ts';
import type { FileKind } from './file-kinds.ts';
import styles from './intake.module.css';

/** A file of rows: dropped in, its columns named, checked, taken. */
export function FileIntake(props: {
  kind: FileKind;
  onTaken: (id: string) => void;
  /** Whether a file is being looked at. */
  onOpen?: (open: boolean) => void;
}) {
  const { kind, onTaken, onOpen } = props;
  const [file, setFile] = useState<File | null>(null);
  const [read, setRead] = useState<Inspected | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const show = (inspected: Inspected | null) => {
    setRead(inspected);
    onOpen?.(inspected !== null);
  };
  const choose = async (chosen: File) => {
    setProblem(null);
    setFile(chosen);
    show(null);
    if (chosen.size > MOST_BYTES)
      return setProblem('A file may hold at most 100 MB. Split it, or leave out columns.');
    if (chosen.size === 0)
      return setProblem(`The file is empty. Choose one with a line for each ${kind.one}.`);
    try {
      show(await inspectFile(kind.path, chosen));
    } catch (error) {
      setProblem(error instanceof ImportError ? error.message : 'The file could not be read.');
    }
  };
  const close = () => {
    setFile(null);
    show(null);
  };
  return (
    <>
      {read === null && <FileDrop file={file} hint={kind.hint} onChoose={(chosen) => void choose(chosen)} />}
      {problem !== null && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      {file && read && (
        <FileColumns
          key={`${file.name}${file.lastModified}`}
          kind={kind}
          file={file}
          inspected={read}
          onCancel={close}
          onTaken={(id) => {
            close();
            onTaken(id);
          }}
        />
      )}
    </>
  );
}
