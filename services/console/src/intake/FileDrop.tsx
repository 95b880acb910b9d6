import { Button } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useRef, useState, type DragEvent } from 'react';

import { sizeOf } from './file-intake.ts';
import styles from './intake.module.css';

/** Where a file is dropped or chosen. */
export function FileDrop(props: { file: File | null; hint: string; onChoose: (file: File) => void }) {
  const { file, hint, onChoose } = props;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drag = (event: DragEvent, entered: boolean) => {
    event.preventDefault();
    setOver(entered);
  };
  return (
    <section
      aria-label="File"
      className={styles.drop}
      data-over={over}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={(event) => {
        drag(event, false);
        const dropped = event.dataTransfer.files.item(0);
        if (dropped) onChoose(dropped);
      }}
    >
      <input
        ref={input}
        type="file"
        aria-label="CSV file"
        accept=".csv,.tsv,.txt,text/csv"
        hidden
        onChange={({ currentTarget }) => {
          const chosen = currentTarget.files?.item(0);
          if (chosen) onChoose(chosen);
          currentTarget.value = '';
        }}
      />
      <span>
        {file ? (
          <>
            <strong>{file.name}</strong> <span className="dim">{sizeOf(file.size)}</span>
          </>
        ) : (
          hint
        )}
      </span>
      <Button
        variant={file ? 'default' : 'filled'}
        leftSection={<IconFileUpload size={15} aria-hidden />}
        onClick={() => input.current?.click()}
      >
        {file ? 'Choose another' : 'Choose a file'}
      </Button>
    </section>
  );
}
