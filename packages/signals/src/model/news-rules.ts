import { findPhrases, fold, type PhraseFinder, type Synonyms } from '@penstock/kernel/phrases';

import type { NewsClaim, NewsKind } from '../source-port.ts';

export const NEWS_KINDS = [
  'funding',
  'acquisition',
  'expansion',
  'executive_hire',
  'leadership_change',
  'budget_cut',
] as const satisfies readonly NewsKind[];

/** News that counts. */
export type NewsRule = {
  name: string;
  /** What the headline's verb has to say, any of these; not asked where `tellsAs` is set. */
  kinds: readonly NewsKind[];
  /** Any of these phrases; empty: whatever it says. `*` at the end of a word stands for any ending. */
  words: readonly string[];
  /** None of these, in title or text. */
  notWords: readonly string[];
  /** Where the words are looked for. */
  where: 'title' | 'text';
  /** Only these publishers, as hosts; empty: any. */
  publishers: readonly string[];
  /** ISO 639 languages; empty: any. An article that does not say its language fits. */
  languages: readonly string[];
  /** Whether the title itself has to name the account. */
  namedInTitle: boolean;
  /** The kind that is told whatever the headline's verb says: the words decide then. */
  tellsAs: NewsKind | null;
  /** 0–1; null for as strong as the headline says. */
  strength: number | null;
};

export type NewsRules = { rules: readonly NewsRule[]; /** Hosts. */ ignoredPublishers: readonly string[] };

export type JudgedArticle = {
  title: string;
  text: string;
  /** Host of who has published it. */
  publisher: string;
  /** ISO 639; null where it is not known. */
  language: string | null;
  claim: Pick<NewsClaim, 'kind' | 'strength'> | null;
  /** Whether the title names the account. */
  isNamed: boolean;
};

/** Every piece of business news that its headline tells plainly. */
export const DEFAULT_NEWS_RULES: NewsRules = {
  rules: [
    {
      name: 'Business news',
      kinds: [...NEWS_KINDS],
      words: [],
      notWords: [],
      where: 'text',
      publishers: [],
      languages: [],
      namedInTitle: true,
      tellsAs: null,
      strength: null,
    },
  ],
  ignoredPublishers: [],
};

/** The line of a rule that an article does not fit. */
export type NewsLine =
  | 'kinds'
  | 'words'
  | 'notWords'
  | 'publishers'
  | 'ignoredPublishers'
  | 'languages'
  | 'namedInTitle';
export type NewsMiss = { line: NewsLine; because: string };
export type NewsHit = { rule: NewsRule; kind: NewsKind; strength: number; phrase: string | null };

type Prepared = { words: PhraseFinder; notWords: PhraseFinder };

/** Rules are prepared once: they are asked for every article. */
const prepared = new WeakMap<NewsRule, { by: Synonyms; finders: Prepared }>();

function prepare(rule: NewsRule, synonyms: Synonyms): Prepared {
  const known = prepared.get(rule);
  if (known?.by === synonyms) return known.finders;
  const finders = {
    words: findPhrases(rule.words, synonyms),
    notWords: findPhrases(rule.notWords, synonyms),
  };
  prepared.set(rule, { by: synonyms, finders });
  return finders;
}

const UNTOLD_STRENGTH = 0.5;

/** The first rule that an article fits; null if none does. */
export function judgeNews(
  { news, synonyms }: { news: NewsRules; synonyms: Synonyms },
  article: JudgedArticle,
): NewsHit | null {
  for (const rule of news.rules) {
    const read = readByRule(rule, news.ignoredPublishers, synonyms, article);
    if (read.misses.length === 0 && read.hit !== null) return read.hit;
  }
  return null;
}

/** What a rule says of an article: every line that it does not fit, or the hit. */
export function readByRule(
  rule: NewsRule,
  ignored: readonly string[],
  synonyms: Synonyms,
  article: JudgedArticle,
): { hit: NewsHit | null; misses: NewsMiss[] } {
  const finders = prepare(rule, synonyms);
  const title = fold(article.title);
  const whole = fold(`${article.title} ${article.text}`);
  const phrase = rule.words.length === 0 ? null : finders.words(rule.where === 'title' ? title : whole);
  const barred = finders.notWords(whole);
  const kind = rule.tellsAs ?? article.claim?.kind ?? null;
  const misses: NewsMiss[] = [];
  if (rule.tellsAs === null && (kind === null || !rule.kinds.includes(kind)))
    misses.push({ line: 'kinds', because: kind ?? '' });
  if (rule.words.length > 0 && phrase === null) misses.push({ line: 'words', because: '' });
  if (barred !== null) misses.push({ line: 'notWords', because: barred });
  const { publisher, language } = article;
  if (rule.publishers.length > 0 && !rule.publishers.some((host) => isOf(publisher, host)))
    misses.push({ line: 'publishers', because: publisher });
  if (ignored.some((host) => isOf(publisher, host)))
    misses.push({ line: 'ignoredPublishers', because: publisher });
  if (rule.languages.length > 0 && language !== null && !rule.languages.includes(language))
    misses.push({ line: 'languages', because: language });
  if (rule.namedInTitle && !article.isNamed) misses.push({ line: 'namedInTitle', because: '' });
  if (kind === null || misses.length > 0) return { hit: null, misses };
  const strength = rule.strength ?? article.claim?.strength ?? UNTOLD_STRENGTH;
  return { hit: { rule, kind, strength, phrase }, misses };
}

/** `news.paper.com` is of `paper.com`. */
export const isOf = (publisher: string, host: string): boolean =>
  publisher === host || publisher.endsWith(`.${host}`);

/** Languages that rules ask for; none where no rule names any. */
export const languagesOf = ({ rules }: NewsRules): string[] => [
  ...new Set(rules.flatMap(({ languages }) => languages)),
];
