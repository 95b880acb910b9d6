import type { ReactNode } from 'react';

import styles from './page.module.css';

/** A page's name, its figures, and what can be done. */
export function PageHead({
  title,
  note,
  children,
}: {
  title: string;
  note?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className={styles.head}>
      <h1>{title}</h1>
      {note && <div className={styles.note}>{note}</div>}
      {children && <div className={styles.tools}>{children}</div>}
    </header>
  );
}
