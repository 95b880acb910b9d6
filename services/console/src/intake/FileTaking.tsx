import { Button, Progress } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

import { ImportError, takeFile, type Inspected } from './file-intake.ts';
import type { FileKind } from './file-kinds.ts';
import { paceOf } from './pace.ts';
import styles from './intake.module.css';

/** Rows of a file being taken, with how fast and how long yet; stopped or broken off, it goes on where it was. */
export function FileTaking(props: {
  kind: FileKind;
  file: File;
  read: Inspected;
  rows: number;
  name: string;
  onLeft: () => void;
  onTaken: (id: string, outcome: string) => void;
}) {
  const { kind, file, read, rows, name } = props;
  const [id] = useState(() => crypto.randomUUID());
  const [problem, setProblem] = useState<string | null>(null);
  const began = useRef({ at: performance.now(), rows: 0 });
  const stop = useRef<AbortController | null>(null);
  const taken = Math.min(rows, kind.useRows(id));
  const take = async () => {
    const control = new AbortController();
    stop.current = control;
    setProblem(null);
    try {
      await takeFile(kind.path, file, read, { id, name }, control.signal);
      props.onTaken(id, await kind.outcome(id));
    } catch (error) {
      if (stop.current === control)
        setProblem(error instanceof ImportError ? error.message : 'The file could not be read.');
    }
  };
  // Begun by being shown; whoever leaves the page stops it.
  useEffect(() => {
    void take();
    return () => {
      const control = stop.current;
      stop.current = null;
      control?.abort();
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the file is taken once
  }, []);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    if (problem === null) window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [problem]);
  const goOn = () => {
    began.current = { at: performance.now(), rows: taken };
    void take();
  };
  return (
    <section aria-label="Progress">
      <h2>Bringing in “{name}”</h2>
      <p className="num" aria-live="polite">
        {problem === null
          ? paceOf(rows, taken, {
              rows: taken - began.current.rows,
              ms: performance.now() - began.current.at,
            })
          : `${problem} ${taken.toLocaleString('en-US')} of ${rows.toLocaleString('en-US')} rows are taken and stay.`}
      </p>
      <Progress
        className={styles.progress}
        value={(taken / Math.max(1, rows)) * 100}
        {...(problem !== null && { color: 'gray' })}
        aria-label="Rows taken"
      />
      <div className={styles.buttons}>
        {problem === null ? (
          <Button variant="default" onClick={() => stop.current?.abort()}>
            Stop
          </Button>
        ) : (
          <>
            <Button onClick={goOn}>Go on behind them</Button>
            <Button variant="default" onClick={props.onLeft}>
              Leave it at that
            </Button>
          </>
        )}
      </div>
    </section>
  );
}
