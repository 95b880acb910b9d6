import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';

import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import styles from './watch-rules.module.css';

export type Hit = {
  key: string;
  url: string;
  title: ReactNode;
  /** Beside the title. */
  aside?: string;
  /** Of whom it is told, and as what, or why it is not. */
  why: ReactNode;
  at: string;
  /** Against what is published. */
  isGained: boolean;
  /** It was there when watching began, so nobody was told. */
  isBaseline: boolean;
};
const AT_FIRST = 6;

/** What rules hit or miss, newest first; the first few until more are wanted. */
export function HitList({ label, hits }: { label: string; hits: readonly Hit[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? hits : hits.slice(0, AT_FIRST);
  return (
    <>
      <ul className={styles.hits} aria-label={label}>
        {shown.map((hit) => (
          <li key={hit.key} className={styles.hit}>
            <span className={styles.hitTitle}>
              <a href={hit.url} target="_blank" rel="noreferrer noopener" className={styles.hitTitle}>
                {hit.title}
              </a>
              {hit.aside && <span className="faint"> {hit.aside}</span>}
            </span>
            <span className={styles.hitWhy}>{hit.why}</span>
            <span className={styles.hitWhen}>
              {hit.isGained && <Tag tone="good">new</Tag>}
              {hit.isBaseline ? (
                <span className="faint" title="It was there when watching began, so nobody was told of it">
                  there before
                </span>
              ) : (
                <When at={hit.at} className="dim" />
              )}
            </span>
          </li>
        ))}
      </ul>
      {hits.length > AT_FIRST && (
        <Button variant="subtle" size="compact-xs" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${hits.length - AT_FIRST} more`}
        </Button>
      )}
    </>
  );
}
