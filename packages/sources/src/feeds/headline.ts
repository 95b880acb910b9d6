import type { NewsClaim } from '@penstock/signals/source-port';

import { NAME, readEnglish } from './headline-english.ts';
import { readIn } from './headline-grammar.ts';
import { HEADLINE_LANGUAGES } from './headline-languages.ts';

/** Characters; what is longer is no headline. */
const LONGEST = 300;
/** Asked, not told. */
const QUESTION = /\?["'”’»)]*\s*$/;

/**
 * What a headline says of a company, by its verb, in English, German, French, Spanish or Dutch; null where it says nothing to act on. Only
 * the headline is read: articles mention many companies, their titles one.
 */
export function readHeadline(headline: string): NewsClaim | null {
  const title = headline.slice(0, LONGEST);
  if (QUESTION.test(headline)) return null;
  const english = readEnglish(title);
  if (english !== null) return english;
  for (const language of HEADLINE_LANGUAGES) {
    const claim = readIn(language, title);
    if (claim !== null) return claim;
  }
  return null;
}

const NAMES = new RegExp(NAME, 'gu');
const MOST_NAMES = 8;
/** Words that begin sentences and headlines, not names. */
const NO_NAMES = /^(?:the|a|an|why|how|what|when|in|on|at|with|for|from|after|as|is|it|and|of) /i;

/** Companies that a text may name, in its order: runs of capitalised words, also their beginnings where all words have capitals. */
export function namesIn(text: string): string[] {
  const names = [...text.matchAll(NAMES)].flatMap(([run]) => {
    const name = run.replace(NO_NAMES, '').replace(/['’]s$/, '');
    const words = name.split(' ');
    return [
      name,
      ...[3, 2].flatMap((count) => (words.length > count ? [words.slice(0, count).join(' ')] : [])),
    ];
  });
  return [...new Set(names.filter((name) => name.length >= 3))].slice(0, MOST_NAMES);
}
