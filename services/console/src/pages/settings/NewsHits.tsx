import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import { kindLabel, missWords, type NewsTrial } from './news-rule-words.ts';
import styles from './watch-rules.module.css';

type Article = NewsTrial['lostExamples'][number] &
  Partial<Pick<NewsTrial['examples'][number], 'kind' | 'phrase' | 'isGained'>> &
  Partial<Pick<NewsTrial['nearMisses'][number], 'line' | 'because'>>;
const AT_FIRST = 6;

/** Articles, newest first: what they are told as and of whom, or why they are not. */
export function NewsHits({ label, articles }: { label: string; articles: readonly Article[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? articles : articles.slice(0, AT_FIRST);
  return (
    <>
      <ul className={styles.hits} aria-label={label}>
        {shown.map((article) => (
          <li key={article.url + article.title + (article.accountId ?? '')} className={styles.hit}>
            <span className={styles.hitTitle}>
              <a href={article.url} target="_blank" rel="noreferrer noopener" className={styles.hitTitle}>
                {article.title}
              </a>{' '}
              <span className="faint">{article.publisher}</span>
            </span>
            <span className={styles.newsWhy}>
              {article.accountId !== null && (
                <Link to="/accounts/$accountId" params={{ accountId: article.accountId }}>
                  {article.accountName}
                </Link>
              )}
              <span className="dim">
                {article.accountId !== null && ' · '}
                {whyOf(article)}
              </span>
            </span>
            <span className={styles.hitWhen}>
              {article.isGained && <Tag tone="good">new</Tag>}
              {article.isBaseline ? (
                <span className="faint" title="It was there when watching began, so nobody was told of it">
                  there before
                </span>
              ) : (
                <When at={article.at} className="dim" />
              )}
            </span>
          </li>
        ))}
      </ul>
      {articles.length > AT_FIRST && (
        <Button variant="subtle" size="compact-xs" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${articles.length - AT_FIRST} more`}
        </Button>
      )}
    </>
  );
}

function whyOf({ line, because, kind, phrase, isSure }: Article): string {
  if (line !== undefined) return missWords(line, because ?? '');
  return [
    ...(kind === undefined ? [] : [kindLabel(kind)]),
    ...(phrase ? [`by “${phrase}”`] : []),
    ...(isSure ? [] : ['a person is asked whether it is this one']),
  ].join(' · ');
}
