import { fold, isWord } from '@penstock/kernel/phrases';

import type { TitleRule } from './title-rules.ts';

/** A rule that no title ever reaches, and why. */
export type DeadRule = { index: number; problem: string; remedy: string };

/** Rules that never say anything: all that they could read is read by an earlier rule, or kept out by themselves. */
export function deadRules(rules: readonly TitleRule[]): DeadRule[] {
  const wanted = rules.map((rule) => ({ rule, says: rule.says.map(wordsOf) }));
  return wanted.flatMap(({ rule, says }, index): DeadRule[] => {
    const own = rule.saysNot.map(wordsOf);
    if (says.every((phrase) => own.some((out) => within(out, phrase))))
      return [
        {
          index,
          problem: `“${rule.name}” keeps out every title that it reads`,
          remedy: 'Remove a phrase from those that the title must not say.',
        },
      ];
    // A rule with exceptions leaves some titles to those below it.
    const earlier = wanted.slice(0, index).filter((one) => one.rule.saysNot.length === 0);
    const aspects = (['role', 'seniority'] as const).filter((aspect) => rule[aspect] !== null);
    const by = new Set<string>();
    const isTaken = (phrase: readonly string[], aspect: 'role' | 'seniority'): boolean => {
      const taker = earlier.find(
        (one) => one.rule[aspect] !== null && one.says.some((other) => within(other, phrase)),
      );
      if (taker) by.add(taker.rule.name);
      return taker !== undefined;
    };
    if (!says.every((phrase) => aspects.every((aspect) => isTaken(phrase, aspect)))) return [];
    const names = [...by].map((name) => `“${name}”`).join(' and ');
    return [
      {
        index,
        problem: `“${rule.name}” never counts: ${names} above it reads every such title first`,
        remedy: 'Move it up, or remove it.',
      },
    ];
  });
}

const wordsOf = (phrase: string): string[] => fold(phrase).trim().split(' ');

/** Whether every title that says `phrase` says `part` too. */
function within(part: readonly string[], phrase: readonly string[]): boolean {
  return phrase.some(
    (_, from) =>
      from + part.length <= phrase.length && part.every((want, at) => covers(want, phrase[from + at] ?? '')),
  );
}

/** Whether every word that fits `word` fits `want`. */
function covers(want: string, word: string): boolean {
  if (!word.includes('*')) return isWord(word, want);
  const bare = word.replaceAll('*', '');
  const openBefore = !word.startsWith('*') || want.startsWith('*');
  const openAfter = !word.endsWith('*') || want.endsWith('*');
  return openBefore && openAfter && isWord(bare, want);
}
