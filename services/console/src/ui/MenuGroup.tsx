import { useId, type ReactNode } from 'react';

import styles from './ui.module.css';

/** Items of a menu under a heading: a menu itself may hold nothing but items and groups of them. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <div id={id} role="presentation" className={styles.menuLabel}>
        {label}
      </div>
      {children}
    </div>
  );
}
