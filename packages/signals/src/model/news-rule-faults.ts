import { findPhrases, fold, variantsOf, type Synonyms } from '@penstock/kernel/phrases';

import { isOf, type NewsRule, type NewsRules } from './news-rules.ts';

export type NewsFault = { path: (string | number)[]; message: string };

/** Why rules for news could never tell anything, or tell everything, by the field that says so. */
export function newsRuleFaults({ rules, ignoredPublishers }: NewsRules, synonyms: Synonyms): NewsFault[] {
  return rules.flatMap((rule, at) =>
    [...faultsOf(rule, synonyms), ...publisherFaults(rule, ignoredPublishers)].map(({ path, message }) => ({
      path: ['rules', at, ...path],
      message,
    })),
  );
}

function faultsOf(rule: NewsRule, synonyms: Synonyms): NewsFault[] {
  const faults: NewsFault[] = [];
  if (rule.tellsAs === null && rule.kinds.length === 0)
    faults.push({ path: ['kinds'], message: 'needs at least one kind, or a kind that its words tell' });
  if (rule.tellsAs !== null && rule.words.length === 0)
    faults.push({ path: ['words'], message: 'needs a phrase: else every article would be told' });
  for (const field of ['words', 'notWords'] as const)
    rule[field].forEach((phrase, at) => {
      const message = phraseFault(phrase);
      if (message !== null) faults.push({ path: [field, at], message });
    });
  const dead = deadBy(rule, synonyms);
  if (dead !== null)
    faults.push({
      path: ['notWords', dead],
      message: `“${rule.notWords[dead] ?? ''}” is in every phrase that the rule asks for: nothing could be told`,
    });
  return faults;
}

/** Characters that no phrase needs, and pairs that no sentence has. */
const EXPRESSION = /[\\^$|[\]{}]|\.[*+?]|\(\?|[)\w][+?]\s*$/;

function phraseFault(phrase: string): string | null {
  if (EXPRESSION.test(phrase))
    return 'is a regular expression: write words; * at the end of a word stands for any ending';
  return fold(phrase).replaceAll('*', '').trim() === '' ? 'holds no word' : null;
}

/** The first phrase that may not be said and is part of each that has to be. */
function deadBy({ words, notWords }: NewsRule, synonyms: Synonyms): number | null {
  if (words.length === 0) return null;
  const ways = words.flatMap((phrase) => variantsOf(phrase, synonyms));
  const at = notWords.findIndex((barred) => {
    const finds = findPhrases([barred], synonyms);
    return ways.every((way) => finds(way) !== null);
  });
  return at === -1 ? null : at;
}

function publisherFaults({ publishers }: NewsRule, ignored: readonly string[]): NewsFault[] {
  const isIgnored = (host: string) => ignored.some((one) => isOf(host, one));
  return publishers.length > 0 && publishers.every(isIgnored)
    ? [
        {
          path: ['publishers'],
          message: `${publishers.length === 1 ? 'is' : 'are all'} among the ignored publishers: nothing could be told`,
        },
      ]
    : [];
}
