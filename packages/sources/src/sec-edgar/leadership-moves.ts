import { ARRIVES, isLifeStory, LEAVES, saysNothing } from './leadership-cues.ts';
import { isBoardSeat, officeOf, OFFICES } from './office.ts';
import { coverPeople, peopleNamed } from './people-in-sentence.ts';
import { isPersonName, isShortForm, personName, surnameOf } from './person-name.ts';
import { sentencesOf, type Sentence } from './sentences.ts';
import { dateIn } from './text-date.ts';

export type LeadershipMove = {
  direction: 'leaves' | 'arrives';
  name: string;
  /** As filed: `Chief Financial Officer and Treasurer`; null where no office is named near. */
  role: string | null;
  isBoardSeat: boolean;
  /** ISO day; null where none is named near. */
  effectiveOn: string | null;
  /** The sentence that says so, and where it starts in the text given (characters). */
  quote: string;
  quoteStart: number;
  /** Somebody who worked there before takes a new office. */
  isInternal: boolean;
};

/**
 * Who leaves and who arrives according to item 5.02, read in its sentences; decisions on pay, terms of contracts and life
 * stories give nobody. Each person once per direction, with the first office and day named for the move.
 * @param text the item's text, a line per block
 */
export function readLeadershipMoves(text: string): LeadershipMove[] {
  const sentences = sentencesOf(text);
  const people = fullNames(sentences);
  const moves = new Map<string, LeadershipMove>();
  for (const sentence of sentences) {
    if (saysNothing(sentence.text)) continue;
    for (const found of withOfficeOfPredecessor(movesIn(sentence, people))) {
      const key = `${found.direction}/${found.name.toLowerCase()}`;
      const known = moves.get(key);
      if (known === undefined) moves.set(key, found);
      else {
        // A heading names the move, the sentence below it the office and the day.
        known.role ??= found.role;
        known.isBoardSeat = known.role !== null && isBoardSeat(known.role);
        known.effectiveOn ??= found.effectiveOn;
        if (known.quote.length < 90 && found.quote.length > known.quote.length)
          Object.assign(known, { quote: found.quote, quoteStart: found.quoteStart });
      }
    }
  }
  const named = [...moves.values()];
  for (const move of named) {
    if (move.direction === 'arrives') move.isInternal = isInternal(move.name, sentences);
  }
  return named;
}

/** Whoever succeeds somebody in the same sentence takes that office. */
function withOfficeOfPredecessor(moves: LeadershipMove[]): LeadershipMove[] {
  const left = moves.find(({ direction, role }) => direction === 'leaves' && role !== null)?.role ?? null;
  return moves.map((move) =>
    move.direction === 'arrives' &&
    move.role === null &&
    left !== null &&
    /\b(?:succe|replac)/.test(move.quote)
      ? { ...move, role: left, isBoardSeat: isBoardSeat(left) }
      : move,
  );
}

function movesIn(sentence: Sentence, known: ReadonlyMap<string, string>): LeadershipMove[] {
  const { covered, people } = coverPeople(sentence.text);
  return (['leaves', 'arrives'] as const).flatMap((direction) =>
    (direction === 'leaves' ? LEAVES : ARRIVES).flatMap((cue) =>
      [...covered.matchAll(cue)].flatMap((match) => {
        if (isLifeStory(sentence.text, match)) return [];
        const near = roleNear(direction, match, covered, sentence.text);
        const named = people.get(match.index + match[0].indexOf('\uE000')) ?? [];
        return named.flatMap(({ who, role: own }): LeadershipMove[] => {
          const name = fullNameOf(who, known);
          if (name === null) return [];
          const role = named.length > 1 ? (own ?? near) : near;
          return [
            {
              direction,
              name,
              role,
              isBoardSeat: role !== null && isBoardSeat(role),
              effectiveOn: dateIn(sentence.text, match.index),
              quote: sentence.text,
              quoteStart: sentence.start,
              isInternal: false,
            },
          ];
        });
      }),
    ),
  );
}

const OFFICE = new RegExp(OFFICES, 'u');
const stated = (words: string): RegExp =>
  new RegExp(
    `^[^.;]{0,120}?\\b(?:${words}|position[s]?\\s+of|role[s]?\\s+of|office\\s+of|on)\\s+(?:(?:his|her|their)\\s+(?:role|position|office|service|duties|employment)s?\\s+(?:as|of|on)\\s+)?(?:an?\\s+|the\\s+|its\\s+|our\\s+)?(?:(?:Company|Corporation|Bank|Registrant)[’']s\\s+)?(?:new\\s+|next\\s+)?(${OFFICES})`,
    'u',
  );
const STATED = { leaves: stated('as|from'), arrives: stated('as|to|become|joins?') };
/** An office that somebody who arrives has or had before. */
const FORMER = /\b(?:current|currently|former|formerly|previous|previously|served|serves|since)\b/i;

/**
 * The office after the cue (`as Chief Financial Officer`), else within it, else what is told of the person in between, else just before.
 * Of who leaves, what comes after the next person is that person's.
 */
function roleNear(
  direction: LeadershipMove['direction'],
  match: RegExpExecArray,
  covered: string,
  text: string,
): string | null {
  const to = match.index + match[0].length;
  const next = direction === 'leaves' ? covered.indexOf('\uE000', to) : -1;
  const after = text.slice(to, next === -1 ? to + 260 : Math.min(next, to + 260));
  const aside = match.groups?.['aside'] ?? '';
  const within = OFFICE.exec(text.slice(match.index, to).replace(aside, ''))?.[0];
  const close = OFFICE.exec(after.slice(0, 90))?.[0];
  const told = direction === 'arrives' && FORMER.test(aside) ? undefined : OFFICE.exec(aside)?.[0];
  const before = OFFICE.exec(text.slice(Math.max(0, match.index - 80), match.index))?.[0];
  const near = direction === 'leaves' ? (within ?? told ?? close) : (within ?? close ?? told);
  const found = STATED[direction].exec(after)?.[1] ?? near ?? before ?? null;
  return found === null ? null : officeOf(found);
}

/** Full names by surname, as introduced in the text. */
function fullNames(sentences: readonly Sentence[]): ReadonlyMap<string, string> {
  const people = new Map<string, string>();
  for (const { text } of sentences) {
    for (const { who } of peopleNamed(text)) {
      const name = personName(who);
      if (isShortForm(who) || name.split(/\s+/).length < 2) continue;
      if (!people.has(surnameOf(name))) people.set(surnameOf(name), name);
    }
  }
  return people;
}

function fullNameOf(who: string, people: ReadonlyMap<string, string>): string | null {
  const name = personName(who);
  if (!isPersonName(name)) return null;
  if (isShortForm(who)) return people.get(surnameOf(name)) ?? name;
  const words = name.split(/\s+/);
  return words.length > 1 ? name : null;
}

const WITHIN =
  /\bjoined (?:the|our) (?:Company|Corporation|Bank) in\b|\bhas (?:been(?! appointed| elected| named| hired| selected)|served as|worked|held)\b[^.]*\b(?:of the Company|the Company[’']s|with the Company|at the Company|our)\b|\bcurrent(?:ly)? (?:serves|is|serving|Controller|Chief|President|Vice|Senior|Executive)\b|\bformerly (?:our|the Company[’']s)\b/i;

function isInternal(name: string, sentences: readonly Sentence[]): boolean {
  const surname = name.split(/\s+/).at(-1) ?? name;
  return sentences.some(
    ({ text }) =>
      text.includes(surname) &&
      (/\bpromot(?:ed|ion)\b/i.test(text) || WITHIN.test(text.slice(text.indexOf(surname)))),
  );
}
