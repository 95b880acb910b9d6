import type { ReactNode } from 'react';

import styles from './settings.module.css';

export function SectionHead({
  title,
  note,
  children,
}: {
  title: string;
  note: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className={styles.head}>
      <div>
        <h2>{title}</h2>
        <p className="dim">{note}</p>
      </div>
      {children && <div className={styles.tools}>{children}</div>}
    </header>
  );
}
