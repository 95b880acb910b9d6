import { expect, it } from 'vitest';

import { newsRuleFaults } from './news-rule-faults.ts';
import {
  DEFAULT_NEWS_RULES,
  judgeNews,
  readByRule,
  type JudgedArticle,
  type NewsRule,
  type NewsRules,
} from './news-rules.ts';

const [usual] = DEFAULT_NEWS_RULES.rules;
if (!usual) throw new TypeError('there is a usual rule');
const article = (title: string, more: Partial<JudgedArticle> = {}): JudgedArticle => ({
  title,
  text: '',
  publisher: 'news.paper.example',
  language: 'en',
  claim: { kind: 'funding', strength: 0.7 },
  isNamed: true,
  ...more,
});
const news = (...rules: Partial<NewsRule>[]): NewsRules => ({
  rules: rules.map((rule) => ({ ...usual, ...rule })),
  ignoredPublishers: [],
});
const SYNONYMS = [['layoffs', 'job cuts']];
const judge = (rules: NewsRules, one: JudgedArticle) => judgeNews({ news: rules, synonyms: SYNONYMS }, one);

it('takes what headlines plainly say where nothing else was published', () => {
  expect(judge(DEFAULT_NEWS_RULES, article('Acme raises $5 million'))).toMatchObject({
    kind: 'funding',
    strength: 0.7,
    phrase: null,
  });
  expect(judge(DEFAULT_NEWS_RULES, article('Acme opines', { claim: null }))).toBeNull();
});

it.each<[string, Partial<NewsRule>, JudgedArticle]>([
  ['kinds', { kinds: ['acquisition'] }, article('Acme raises $5 million')],
  ['words', { words: ['series b'] }, article('Acme raises $5 million')],
  ['words', { words: ['boston'], where: 'title' }, article('Acme raises', { text: 'Boston.' })],
  ['notWords', { notWords: ['rumo*'] }, article('Rumours: Acme raises $5 million')],
  ['publishers', { publishers: ['times.example'] }, article('Acme raises $5 million')],
  ['languages', { languages: ['de'] }, article('Acme raises $5 million')],
  ['namedInTitle', {}, article('A startup raises $5 million', { isNamed: false })],
])('leaves out by the line %s alone', (line, change, one) => {
  const rule = { ...usual, ...change };
  expect(readByRule(rule, [], SYNONYMS, one)).toMatchObject({ hit: null, misses: [{ line }] });
  expect(judge({ rules: [rule], ignoredPublishers: [] }, one)).toBeNull();
});

it('knows synonyms, publishers by their hosts, and a language that is not told', () => {
  const cuts = article('Acme plans job cuts', { claim: { kind: 'budget_cut', strength: 0.6 } });
  expect(judge(news({ words: ['layoffs'], publishers: ['paper.example'] }), cuts)?.phrase).toBe('layoffs');
  expect(judge(news({ languages: ['de'] }), { ...cuts, language: null })).not.toBeNull();
  const ignoring = { ...news({}), ignoredPublishers: ['paper.example'] };
  expect(judge(ignoring, cuts)).toBeNull();
  expect(judge(ignoring, { ...cuts, publisher: 'newspaper.example' })).not.toBeNull();
});

it('tells by words alone where a rule says as what, the first that fits', () => {
  const rules = news(
    { name: 'Partners', words: ['partnership'], kinds: [], tellsAs: 'expansion', strength: 0.4 },
    {},
  );
  const told = judge(rules, article('Acme in partnership with Beta', { claim: null }));
  expect(told).toMatchObject({ kind: 'expansion', strength: 0.4, phrase: 'partnership' });
  expect(judge(rules, article('Acme raises $5 million'))?.rule.name).toBe('Business news');
});

it.each<[string, Partial<NewsRule>, (string | number)[], RegExp]>([
  ['neither kind nor words', { kinds: [] }, ['kinds'], /at least one kind/],
  ['words that tell without words', { kinds: [], tellsAs: 'expansion' }, ['words'], /every article/],
  ['an expression', { words: ['acqui(re|sition)'] }, ['words', 0], /regular expression/],
  ['an expression to leave out', { notWords: ['rumou?r.*'] }, ['notWords', 0], /regular expression/],
  ['no word', { words: ['!!!'] }, ['words', 0], /no word/],
  [
    'a line that excludes all',
    { words: ['layoffs', 'mass layoffs'], notWords: ['rumour', 'layoffs'] },
    ['notWords', 1],
    /nothing could be told/,
  ],
])('refuses %s by its field', (_, change, path, message) => {
  const [fault, ...more] = newsRuleFaults(news({}, { ...change, name: 'Second' }), SYNONYMS).filter(
    (one) => one.path[1] === 1,
  );
  expect(fault).toMatchObject({ path: ['rules', 1, ...path], message: expect.stringMatching(message) });
  if (change.tellsAs === undefined) expect(more).toEqual([]);
});

it('refuses trusted publishers that are all ignored; accepts what the words need', () => {
  const rules = { ...news({ publishers: ['a.b.example', 'c.b.example'] }), ignoredPublishers: ['b.example'] };
  expect(newsRuleFaults(rules, SYNONYMS)).toMatchObject([{ path: ['rules', 0, 'publishers'] }]);
  expect(
    newsRuleFaults(
      news({ words: ['AT&T', 'v.p.', 'C++', 'acqui*', 'Yahoo!'], notWords: ['job cuts'] }),
      SYNONYMS,
    ),
  ).toEqual([]);
});
