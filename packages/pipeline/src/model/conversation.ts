import { findPhrases, fold } from '@penstock/kernel/phrases';
import { LEAST_CONFIDENCE, moodOf } from './mood.ts';
import type { CompetingTool } from '@penstock/signals/model/watch-rules';

/** What a talk says that matters for its deal, read in its sentences by rules. Pure. */

export type Utterance = { side: 'us' | 'them'; personId: string | null; text: string };

export type Point = {
  kind: 'competitor' | 'sentiment' | 'commitment' | 'question';
  side: 'us' | 'them';
  personId: string | null;
  quote: string;
  /** The competitor's name; empty for other kinds. */
  tool: string;
  /** −1 to 1, for a mood: as the sender measured it, or as it is read in the words. */
  mood: number | null;
  dueAt: Date | null;
};

const LONGEST_QUOTE = 400;
/** Of each kind; a long talk has hundreds of questions, and nobody reads more. */
const MOST_OF_A_KIND = 20;
const MOST_SENTENCES = 5_000;

/** Somebody says what they will do. */
const PROMISES =
  /\b(?:I|we)(?:['’]ll| will| am going to| are going to| can)\s+(?:\w+\s+){0,3}?(?:send|share|get back|follow up|check|set up|schedule|introduce|prepare|draft|come back|circle back|call|e-?mail|loop in|talk to|book|sign|review|forward|bring)\b|\blet me (?:send|check|get back|follow up|share|set up|introduce|find out)\b/i;
/** Small talk is asked, too. */
const NO_QUESTION =
  /^(?:right|okay|ok|yeah|really|how are you|can you (?:hear|see)|make sense|does that make sense|you know)\b/i;
const FEWEST_WORDS = 4;

/**
 * Competitors named by anybody, promises of both sides, what the other side asks, and its moods where the words leave little doubt.
 * @param readsMoods false where the sender has measured them: its measure counts, not our reading
 */
export function readTalk(
  talk: readonly Utterance[],
  tools: readonly CompetingTool[],
  readsMoods: boolean,
): Point[] {
  const finders = tools.map(({ name, mentions }) => ({ name, finds: findPhrases([name, ...mentions], []) }));
  const points: Point[] = [];
  const add = (kind: Point['kind'], one: Utterance, quote: string, tool = '', mood: number | null = null) => {
    if (points.filter((point) => point.kind === kind).length >= MOST_OF_A_KIND) return;
    const { side, personId } = one;
    points.push({
      kind,
      side,
      personId,
      quote: quote.slice(0, LONGEST_QUOTE),
      tool,
      mood,
      dueAt: null,
    });
  };
  const sentences = talk.flatMap((one) => sentencesOf(one.text).map((text) => ({ one, text })));
  for (const { one, text } of sentences.slice(0, MOST_SENTENCES)) {
    const folded = fold(text);
    const named = finders.filter(({ finds }) => finds(folded) !== null);
    for (const { name } of named)
      if (!points.some(({ tool }) => tool === name)) add('competitor', one, text, name);
    if (PROMISES.test(text) && !text.endsWith('?')) add('commitment', one, text);
    if (one.side !== 'them') continue;
    if (isQuestion(text)) add('question', one, text);
    // What is said of a competitor is no mood towards us.
    const read = readsMoods && named.length === 0 ? moodOf(text) : null;
    if (read !== null && read.confidence >= LEAST_CONFIDENCE) add('sentiment', one, text, '', read.mood);
  }
  return points;
}

const sentencesOf = (text: string): string[] =>
  text
    .replaceAll(/\s+/g, ' ')
    .split(/(?<=[.!?])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

const isQuestion = (text: string): boolean =>
  text.endsWith('?') && text.split(' ').length >= FEWEST_WORDS && !NO_QUESTION.test(text);

/** From which mood on, −1 to 1, somebody is told to be against us. */
export const AGAINST_US = -0.3;

/** How strong a risk a mood is: −0.3 is 0.4, −1 is 0.9. */
export const strengthOfMood = (mood: number): number =>
  Math.round((0.4 + ((AGAINST_US - Math.max(-1, mood)) / (1 + AGAINST_US)) * 0.5) * 100) / 100;

/** Which of our promises becomes the deal's next step: the earliest with a day, else the first. */
export function nextStepOf(points: readonly Point[]): Point | null {
  const ours = points.filter(({ kind, side }) => kind === 'commitment' && side === 'us');
  const dated = ours
    .filter(({ dueAt }) => dueAt !== null)
    .toSorted((a, b) => (a.dueAt?.getTime() ?? 0) - (b.dueAt?.getTime() ?? 0));
  return dated[0] ?? ours[0] ?? null;
}
