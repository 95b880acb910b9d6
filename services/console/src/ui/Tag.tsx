import type { ReactNode } from 'react';

import styles from './ui.module.css';

export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'accent';

/** A state: always a word, with a shape in front, so that colour is never the only sign. */
export function Tag({ tone = 'plain', shape = 'dot', children, title }: TagProps) {
  return (
    <span className={styles.tag} data-tone={tone} title={title}>
      {shape !== 'none' && <span className={styles.shape} data-shape={shape} aria-hidden />}
      {children}
    </span>
  );
}

type TagProps = {
  tone?: Tone;
  shape?: 'dot' | 'ring' | 'square' | 'half' | 'none';
  children: ReactNode;
  title?: string | undefined;
};
