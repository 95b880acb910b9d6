import { ActionIcon } from '@mantine/core';
import { IconArrowLeft, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import styles from './record.module.css';

/** Top of a record: its name, one line about it, its figures; below, what can be done with it. */
export function RecordHead(props: {
  title: ReactNode;
  note: ReactNode;
  figures?: ReactNode;
  onBack: () => void;
  /** Stands beside a list, so that it can be closed. */
  pane?: boolean;
  children?: ReactNode;
}) {
  return (
    <header className={styles.detailHead}>
      <div className={styles.identity}>
        <ActionIcon className={styles.back ?? ''} onClick={props.onBack} aria-label="Back to the list">
          <IconArrowLeft size={18} aria-hidden />
        </ActionIcon>
        <div className={styles.identityText}>
          <h1 className="clip">{props.title}</h1>
          <div className="dim clip">{props.note}</div>
        </div>
        {props.figures && <div className={styles.figures}>{props.figures}</div>}
        {props.pane && (
          <ActionIcon
            className={styles.close ?? ''}
            onClick={props.onBack}
            aria-label="Close"
            title="Close (Esc)"
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {props.children}
    </header>
  );
}
