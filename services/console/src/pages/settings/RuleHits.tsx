import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import type { Trial } from './watch-rule-words.ts';
import styles from './watch-rules.module.css';

type ToldOpening = Trial['lostExamples'][number] & Partial<Trial['examples'][number]>;
const AT_FIRST = 6;

/** Openings that rules hit, newest first: what the title says, where, and whether it is new against what is published. */
export function RuleHits({ label, hits }: { label: string; hits: readonly ToldOpening[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? hits : hits.slice(0, AT_FIRST);
  return (
    <>
      <ul className={styles.hits} aria-label={label}>
        {shown.map((hit) => (
          <li key={hit.url + hit.title} className={styles.hit}>
            <a href={hit.url} target="_blank" rel="noreferrer noopener" className={styles.hitTitle}>
              <Marked text={hit.title} phrase={hit.phrase} />
            </a>
            <span className={styles.hitPlace}>
              <Link to="/accounts/$accountId" params={{ accountId: hit.accountId }}>
                {hit.accountName}
              </Link>
              {hit.department && <span className="dim"> · {hit.department}</span>}
            </span>
            <span className={styles.hitWhen}>
              {hit.isGained && <Tag tone="good">new</Tag>}
              {hit.isBaseline ? (
                <span className="faint" title="It was up when watching began, so nobody was told of it">
                  up before
                </span>
              ) : (
                <When at={hit.firstSeenAt} className="dim" />
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

/** The phrase marked where the title says it as it stands; a synonym is named behind. */
function Marked({ text, phrase }: { text: string; phrase: string | undefined }) {
  if (phrase === undefined) return text;
  const at = text.toLowerCase().indexOf(phrase.toLowerCase());
  if (at === -1)
    return (
      <>
        {text} <span className="faint">as “{phrase}”</span>
      </>
    );
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + phrase.length)}</mark>
      {text.slice(at + phrase.length)}
    </>
  );
}
