import type { Synonyms } from '@penstock/kernel/phrases';

import {
  judgeNews,
  readByRule,
  type JudgedArticle,
  type NewsHit,
  type NewsLine,
  type NewsRules,
} from './news-rules.ts';
import { figuresOf, type TrialFigures } from './trial-figures.ts';

export type TriedArticle = JudgedArticle & { accountId: string | null; isSure: boolean };

/** `account`: it fits the rule, and names no account, or one that its name alone does not tell. */
export type MissedLine = NewsLine | 'account';

export type NewsTrial<Article> = TrialFigures & {
  lost: number;
  rules: (TrialFigures & {
    name: string;
    /** What each line alone leaves out: articles that fit all the others. */
    leftOut: { line: MissedLine; because: string; count: number }[];
    /** Set where nothing is hit because of one line: without it something would be. */
    emptiedBy: MissedLine | null;
  })[];
  examples: (Article & { rule: string; phrase: string | null; kind: string; isGained: boolean })[];
  nearMisses: (Article & { rule: string; line: MissedLine; because: string })[];
  lostExamples: (Article & { rule: string })[];
};

type Asked = { news: NewsRules; synonyms: Synonyms };

const EXAMPLES_PER_RULE = 30;
const NEAR_MISSES_PER_RULE = 20;
const MOST_LOST = 30;

/**
 * What rules for news would have told of articles, rule by rule, what each line of theirs alone left out, and the difference to the
 * published ones. In the order of the articles.
 */
export function tryNews<Article extends TriedArticle>(
  articles: readonly Article[],
  asked: Asked,
  published: Asked,
): NewsTrial<Article> {
  const judged = articles.map((article) => ({
    article,
    now: toldBy(asked, article),
    before: toldBy(published, article),
  }));
  const hits = judged.flatMap(({ article, now, before }) =>
    now === null
      ? []
      : [
          {
            ...article,
            rule: now.rule.name,
            phrase: now.phrase,
            kind: now.kind,
            isGained: before === null,
          },
        ],
  );
  const lost = judged.flatMap(({ article, now, before }) =>
    now === null && before !== null ? [{ ...article, rule: before.rule.name }] : [],
  );
  const missed = judged.flatMap(({ article, now }) => (now === null ? [article] : []));
  const rules = asked.news.rules.map((rule) => {
    const own = hits.filter((hit) => hit.rule === rule.name);
    const near = missed.flatMap((article) => nearMiss(rule, asked, article));
    const emptiedBy = own.length === 0 ? mostOf(near) : null;
    return { rule, own, near, emptiedBy };
  });
  return {
    ...figuresOf(hits),
    lost: lost.length,
    rules: rules.map(({ rule, own, near, emptiedBy }) => ({
      name: rule.name,
      ...figuresOf(own),
      leftOut: countedBy(near),
      emptiedBy,
    })),
    examples: rules.flatMap(({ own }) => own.slice(0, EXAMPLES_PER_RULE)),
    nearMisses: rules.flatMap(({ near }) =>
      near.toSorted((a, b) => farness(a) - farness(b)).slice(0, NEAR_MISSES_PER_RULE),
    ),
    lostExamples: lost.slice(0, MOST_LOST),
  };
}

/** As it is told: words alone want an account that nothing else can be meant by; a headline's verb may wait for a person to say which. */
function toldBy(asked: Asked, article: TriedArticle): NewsHit | null {
  if (article.accountId === null) return null;
  const hit = judgeNews(asked, article);
  return hit !== null && (article.isSure || hit.rule.tellsAs === null) ? hit : null;
}

function nearMiss<Article extends TriedArticle>(
  rule: NewsRules['rules'][number],
  { news, synonyms }: Asked,
  article: Article,
): NewsTrial<Article>['nearMisses'] {
  const { misses } = readByRule(rule, news.ignoredPublishers, synonyms, article);
  const isOurs = article.accountId !== null && (article.isSure || rule.tellsAs === null);
  const [miss, more] = misses;
  if (more !== undefined || (miss !== undefined && !isOurs)) return [];
  // Where words alone tell, what says none of them is not near.
  if (miss?.line === 'words' && rule.tellsAs !== null) return [];
  const { line, because } =
    miss ?? ({ line: 'account', because: article.accountId === null ? '' : 'unsure' } as const);
  return [{ ...article, rule: rule.name, line, because }];
}

/** What is about nobody's account comes last, what says nothing that is understood before it. */
const farness = ({ line, because }: Near): number =>
  line === 'account' && because === '' ? 2 : line === 'kinds' && because === '' ? 1 : 0;

type Near = { line: MissedLine; because: string };

/** Lines whose cause is a phrase or a publisher are counted by it. */
function countedBy(near: readonly Near[]): (Near & { count: number })[] {
  const groups = Map.groupBy(near, ({ line, because }) => `${line} ${because}`);
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      return first ? [{ line: first.line, because: first.because, count: group.length }] : [];
    })
    .toSorted((a, b) => b.count - a.count)
    .slice(0, 8);
}

/** The line that leaves out most; naming no account is nobody's line. */
function mostOf(near: readonly Near[]): MissedLine | null {
  const groups = [
    ...Map.groupBy(
      near.filter(({ line }) => line !== 'account'),
      ({ line }) => line,
    ),
  ];
  return groups.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? null;
}
