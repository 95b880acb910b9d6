import { expect, it } from 'vitest';

import {
  blankNewsRule,
  describeNewsRule,
  missWords,
  newsChanges,
  whatNewsMisses,
  type NewsRule,
  type NewsRules,
} from './news-rule-words.ts';

const rule = (more: Partial<NewsRule> = {}): NewsRule => ({
  name: 'Money',
  kinds: ['funding', 'acquisition'],
  words: [],
  notWords: ['rumour'],
  where: 'text',
  publishers: [],
  languages: [],
  namedInTitle: true,
  tellsAs: null,
  strength: null,
  ...more,
});
const news = (...rules: NewsRule[]): NewsRules => ({ rules, ignoredPublishers: [] });

it('describes a rule in a line', () => {
  expect(describeNewsRule(rule())).toBe('Funding, Acquisition · not rumour');
  expect(
    describeNewsRule(
      rule({ tellsAs: 'expansion', words: ['partnership'], notWords: [], namedInTitle: false }),
    ),
  ).toBe('told as expansion · says partnership · named in the text is enough');
});

it('names what was added, taken away and changed', () => {
  const before = news(rule());
  const after = {
    ...news(rule({ kinds: ['funding'], words: ['series b'], strength: 0.8 }), rule({ name: 'Other' })),
    ignoredPublishers: ['gossip.example'],
  };
  expect(newsChanges(before, after)).toEqual([
    {
      sign: '±',
      text: 'News “Money”: kind − acquisition; says + series b; strength as told → 0.8',
    },
    { sign: '+', text: 'News rule “Other”: Funding, Acquisition · not rumour' },
    { sign: '±', text: 'Ignored publishers: + gossip.example' },
  ]);
  expect(newsChanges(after, after)).toEqual([]);
  expect(newsChanges(after, { ...after, rules: after.rules.toReversed() })).toEqual([
    { sign: '±', text: 'Order of the news rules' },
  ]);
});

it.each<[NewsRules, RegExp]>([
  [news(rule({ name: ' ' })), /no name/],
  [news(rule(), rule({ name: 'money' })), /Two rules for news/],
  [news(rule({ kinds: [] })), /“Money”, What the headline tells: needs at least one kind/],
  [news(blankNewsRule(news())), /every article/],
  [news(rule({ words: ['rumour'] })), /And none of: “rumour” is in every phrase/],
  [news(rule({ words: ['fund(ing|ed)'] })), /Says any of: “fund\(ing\|ed\)” is a regular expression/],
])('says why rules can’t be saved', (rules, why) => {
  expect(whatNewsMisses({ news: rules, synonyms: [] })).toMatch(why);
});

it('says why an article was left out', () => {
  expect(whatNewsMisses({ news: news(rule()), synonyms: [] })).toBeNull();
  expect(missWords('notWords', 'rumour')).toBe('says “rumour”');
  expect(missWords('languages', 'de')).toBe('is in German');
  expect(missWords('kinds', '')).toBe('headline tells nothing plainly');
});
