import { expect, it } from 'vitest';

import { DEFAULT_NEWS_RULES, type NewsRule } from './news-rules.ts';
import { tryNews, type TriedArticle } from './try-news.ts';

const article = (title: string, more: Partial<TriedArticle> = {}): TriedArticle => ({
  title,
  text: '',
  publisher: 'paper.example',
  language: 'en',
  claim: { kind: 'funding', strength: 0.6 },
  isNamed: true,
  accountId: 'a',
  isSure: true,
  ...more,
});
const asked = (...rules: Partial<NewsRule>[]) => ({
  news: {
    rules: DEFAULT_NEWS_RULES.rules.flatMap((usual) => rules.map((rule) => ({ ...usual, ...rule }))),
    ignoredPublishers: ['wire.example'],
  },
  synonyms: [],
});
const PUBLISHED = { news: DEFAULT_NEWS_RULES, synonyms: [] };
const ARTICLES = [
  article('Acme raises $5 million'),
  article('Rumour: Acme raises $9 million'),
  article('Acme raises $7 million', { publisher: 'wire.example' }),
  article('Beta raises $2 million', { accountId: null, isSure: false }),
  article('Acme and Beta in partnership', { claim: null, accountId: 'b' }),
];

it('counts hits, what is gained and lost, and shows what one line alone left out', () => {
  const trial = tryNews(
    ARTICLES,
    asked(
      { notWords: ['rumour'] },
      { name: 'Partners', kinds: [], tellsAs: 'expansion', words: ['partnership'] },
    ),
    PUBLISHED,
  );
  expect(trial).toMatchObject({ hits: 2, accounts: 2, gained: 1, lost: 2 });
  expect(trial.rules[0]).toMatchObject({
    hits: 1,
    emptiedBy: null,
    leftOut: [
      { line: 'notWords', because: 'rumour', count: 1 },
      { line: 'ignoredPublishers', because: 'wire.example', count: 1 },
      { line: 'account', because: '', count: 1 },
    ],
  });
  expect(trial.nearMisses.map(({ title, line }) => [title, line])).toEqual([
    ['Rumour: Acme raises $9 million', 'notWords'],
    ['Acme raises $7 million', 'ignoredPublishers'],
    ['Beta raises $2 million', 'account'],
  ]);
  expect(trial.examples).toMatchObject([
    { rule: 'Business news', isGained: false },
    { rule: 'Partners', kind: 'expansion', phrase: 'partnership', isGained: true },
  ]);
  expect(trial.lostExamples.map(({ title }) => title)).toHaveLength(2);
});

it('names the line without which something would be hit', () => {
  const trial = tryNews(ARTICLES, asked({ notWords: ['acme'] }), PUBLISHED);
  expect(trial.rules).toMatchObject([{ hits: 0, emptiedBy: 'notWords' }]);
});

it('wants an account that nothing else can be meant by, where words alone tell', () => {
  const one = article('Acme in partnership', { claim: null, isSure: false });
  const rule = { name: 'Partners', kinds: [], tellsAs: 'expansion' as const, words: ['partnership'] };
  expect(tryNews([one], asked(rule), PUBLISHED)).toMatchObject({
    hits: 0,
    nearMisses: [{ line: 'account', because: 'unsure' }],
  });
  expect(tryNews([{ ...one, isSure: true }], asked(rule), PUBLISHED).hits).toBe(1);
});
