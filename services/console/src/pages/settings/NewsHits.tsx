import { Link } from '@tanstack/react-router';

import { HitList } from './HitList.tsx';
import { kindLabel, missWords, type NewsTrial } from './news-rule-words.ts';

type Article = NewsTrial['lostExamples'][number] &
  Partial<Pick<NewsTrial['examples'][number], 'kind' | 'phrase' | 'isGained'>> &
  Partial<Pick<NewsTrial['nearMisses'][number], 'line' | 'because'>>;

/** Articles: what they are told as and of whom, or why they are not. */
export function NewsHits({ label, articles }: { label: string; articles: readonly Article[] }) {
  return (
    <HitList
      label={label}
      hits={articles.map((article) => ({
        key: article.url + article.title + (article.accountId ?? ''),
        url: article.url,
        title: article.title,
        aside: article.publisher,
        why: (
          <>
            {article.accountId !== null && (
              <Link to="/accounts/$accountId" params={{ accountId: article.accountId }}>
                {article.accountName}
              </Link>
            )}
            <span className="dim">
              {article.accountId !== null && ' · '}
              {whyOf(article)}
            </span>
          </>
        ),
        at: article.at,
        isGained: article.isGained ?? false,
        isBaseline: article.isBaseline,
      }))}
    />
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
