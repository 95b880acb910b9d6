import { newsRuleFaults } from '@penstock/signals/model/news-rule-faults';
import { NEWS_KINDS } from '@penstock/signals/model/news-rules';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';

import type { QueryOutput } from '../../api/procedures.ts';
import { some } from './some-words.ts';

type WatchRules = QueryOutput<'settings.watchRules'>['published'];
export type NewsRules = WatchRules['news'];
export type NewsRule = NewsRules['rules'][number];
export type NewsTrial = QueryOutput<'settings.testNewsRules'>;
export type RuleFigures = NewsTrial['rules'][number];
type Line = NewsTrial['nearMisses'][number]['line'];

export const NEWS_KIND_LABELS = NEWS_KINDS.map((value) => ({ value, label: SIGNAL_KINDS[value].label }));
export const kindLabel = (kind: string): string =>
  NEWS_KIND_LABELS.find(({ value }) => value === kind)?.label ?? kind;

/** A rule that tells by words and wants none yet, under a name that no other has. */
export function blankNewsRule({ rules }: NewsRules): NewsRule {
  const names = new Set(rules.map(({ name }) => name.toLowerCase()));
  let number = rules.length + 1;
  while (names.has(`news ${number}`)) number += 1;
  return {
    name: `News ${number}`,
    kinds: [],
    words: [],
    notWords: [],
    where: 'text',
    publishers: [],
    languages: [],
    namedInTitle: true,
    tellsAs: 'expansion',
    strength: null,
  };
}

/** What a rule asks for, in a line. */
export function describeNewsRule(rule: NewsRule): string {
  const { kinds, words, notWords, where, publishers, languages, namedInTitle, tellsAs } = rule;
  const what =
    tellsAs === null
      ? kinds.length === NEWS_KINDS.length
        ? 'whatever headlines tell'
        : some(kinds.map(kindLabel), 'no kind yet')
      : `told as ${kindLabel(tellsAs).toLowerCase()}`;
  return [
    what,
    ...(words.length > 0 ? [`${where === 'title' ? 'title says' : 'says'} ${some(words)}`] : []),
    ...(tellsAs !== null && words.length === 0 ? ['says nothing yet'] : []),
    ...(notWords.length > 0 ? [`not ${some(notWords)}`] : []),
    ...(publishers.length > 0 ? [`only ${some(publishers)}`] : []),
    ...(languages.length > 0 ? [languages.join(', ')] : []),
    ...(namedInTitle ? [] : ['named in the text is enough']),
  ].join(' · ');
}

const FIELDS: Readonly<Record<string, string>> = {
  kinds: 'What the headline tells',
  words: 'Says any of',
  notWords: 'And none of',
  publishers: 'Only these publishers',
};

/** Why rules for news can't be saved as they stand; null if they can. */
export function whatNewsMisses({ news, synonyms }: Pick<WatchRules, 'news' | 'synonyms'>): string | null {
  const names = news.rules.map(({ name }) => name.trim().toLowerCase());
  if (names.includes('')) return 'A rule for news has no name.';
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) return `Two rules for news are called “${twice}”. Rename one.`;
  const short = news.rules.find(({ words, notWords }) =>
    [...words, ...notWords].some((phrase) => phrase.trim().length < 2),
  );
  if (short) return `“${short.name}”: a phrase is too short.`;
  const [fault] = newsRuleFaults(news, synonyms);
  if (!fault) return null;
  const [, at, field, which] = fault.path;
  const rule = news.rules[Number(at)];
  const phrase = field === 'words' || field === 'notWords' ? rule?.[field][Number(which)] : undefined;
  const subject = phrase === undefined || fault.message.startsWith('“') ? '' : `“${phrase}” `;
  return `“${rule?.name ?? ''}”, ${FIELDS[String(field)] ?? String(field)}: ${subject}${fault.message}.`;
}

/** Why an article was left out. */
export function missWords(line: Line, because: string): string {
  switch (line) {
    case 'kinds':
      return because === '' ? 'headline tells nothing plainly' : `tells ${kindLabel(because).toLowerCase()}`;
    case 'words':
      return 'says none of its words';
    case 'notWords':
      return `says “${because}”`;
    case 'publishers':
      return `${because || 'publisher'} is not among its publishers`;
    case 'ignoredPublishers':
      return `${because} is ignored`;
    case 'languages':
      return `is in ${languageName(because)}`;
    case 'namedInTitle':
      return 'title does not name the account';
    case 'account':
      return because === '' ? 'names no account' : 'its name alone says which account';
  }
}

/** What a line of a rule leaves out, with how much. */
export const leftOutWords = ({ line, because, count }: RuleFigures['leftOut'][number]): string =>
  `${missWords(line, because)}: ${count}`;

const LINE_LABELS: Record<Line, string> = {
  kinds: 'What the headline tells',
  words: 'Says any of',
  notWords: 'And none of',
  publishers: 'Only these publishers',
  ignoredPublishers: 'Publishers that are ignored',
  languages: 'Languages',
  namedInTitle: 'The title names the account',
  account: 'Account',
};

export const emptiedWords = (line: Line): string =>
  `Nothing is told because of one line: “${LINE_LABELS[line]}”. Without it there would be hits.`;

export function languageName(code: string): string {
  if (!/^[a-z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code;
}

type Change = { sign: '+' | '−' | '±'; text: string };

/** What a draft changes of the rules for news, line by line. */
export function newsChanges(published: NewsRules, draft: NewsRules): Change[] {
  const before = new Map(published.rules.map((rule) => [rule.name, rule]));
  const after = new Set(draft.rules.map(({ name }) => name));
  return [
    ...published.rules
      .filter(({ name }) => !after.has(name))
      .map(({ name }): Change => ({ sign: '−', text: `News rule “${name}”` })),
    ...draft.rules.flatMap((rule): Change[] => {
      const was = before.get(rule.name);
      if (!was) return [{ sign: '+', text: `News rule “${rule.name}”: ${describeNewsRule(rule)}` }];
      const parts = partsChanged(was, rule);
      return parts.length === 0 ? [] : [{ sign: '±', text: `News “${rule.name}”: ${parts.join('; ')}` }];
    }),
    ...listChanges(published.ignoredPublishers, draft.ignoredPublishers, '').map((text): Change => ({
      sign: '±',
      text: `Ignored publishers:${text}`,
    })),
    ...(isReordered(published, draft) ? [{ sign: '±' as const, text: 'Order of the news rules' }] : []),
  ];
}

const LISTS = {
  kinds: 'kind',
  words: 'says',
  notWords: 'not',
  publishers: 'publisher',
  languages: 'language',
} as const;

function partsChanged(was: NewsRule, now: NewsRule): string[] {
  const lists = (['kinds', 'words', 'notWords', 'publishers', 'languages'] as const).flatMap((list) =>
    listChanges(was[list], now[list], LISTS[list]),
  );
  return [
    ...lists,
    ...(was.where === now.where
      ? []
      : [now.where === 'title' ? 'words in the title' : 'words in title or text']),
    ...(was.namedInTitle === now.namedInTitle
      ? []
      : [now.namedInTitle ? 'account named in the title' : 'named in the text is enough']),
    ...(was.tellsAs === now.tellsAs
      ? []
      : [now.tellsAs === null ? 'as the headline tells' : `told as ${kindLabel(now.tellsAs).toLowerCase()}`]),
    ...(was.strength === now.strength
      ? []
      : [`strength ${was.strength ?? 'as told'} → ${now.strength ?? 'as told'}`]),
  ];
}

const listChanges = (was: readonly string[], now: readonly string[], label: string): string[] => [
  ...now.filter((one) => !was.includes(one)).map((one) => `${label} + ${one}`),
  ...was.filter((one) => !now.includes(one)).map((one) => `${label} − ${one}`),
];

function isReordered(published: NewsRules, draft: NewsRules): boolean {
  const names = (rules: NewsRules, other: NewsRules) =>
    rules.rules.map(({ name }) => name).filter((name) => other.rules.some((rule) => rule.name === name));
  return names(published, draft).join('\n') !== names(draft, published).join('\n');
}
