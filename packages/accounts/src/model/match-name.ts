import { companyNameKey } from './company-name.ts';

/** Words that many companies share: they tell little, and are often left out. */
const GENERIC = new Set(
  `group holding holdings international global worldwide technologies technology tech systems system solutions services service software labs lab
   industries industrial enterprises partners capital ventures media digital energy foods food health healthcare medical pharma pharmaceuticals bio
   logistics works mills motors motor engineering consulting consultants analytics data networks network studio studios associates brothers
   financial finance bank insurance realty properties retail stores trading management resources products brands america americas europe asia
   usa us uk japan china deutschland france canada com net io ai`.split(/\s+/),
);

const GENERIC_BY_LETTER: ReadonlyMap<string, readonly string[]> = Map.groupBy(
  [...GENERIC].filter((word) => word.length >= 6),
  (word) => word[0] ?? '',
);

/** What two companies' names have to do with each other, with the reason in a few words. */
export type NameScore = { score: number; because: string };

const GENERIC_WEIGHT = 0.3;
const SIMILAR_WORD = 0.78;

/**
 * How likely two names mean one company, 0–1: equal after normalising 1; one typing error in a longer name 0.93; a shared word left
 * out 0.9; initials 0.8. Pure string comparison: tickers, renamings and other scripts need knowledge.
 * @param a and @param b names, or keys of names
 */
export function scoreNames(a: string, b: string): NameScore {
  const left = companyNameKey(a);
  const right = companyNameKey(b);
  if (left === '' || right === '') return { score: 0, because: 'no name' };
  if (left === right) return { score: 1, because: 'same name' };
  if (left.replaceAll(' ', '') === right.replaceAll(' ', ''))
    return { score: 0.98, because: 'same letters, other blanks' };
  const words = [left.split(' '), right.split(' ')] as const;
  if (words[0].toSorted().join(' ') === words[1].toSorted().join(' '))
    return { score: 0.95, because: 'same words, other order' };
  const typing = typingScore(left, right);
  const byWords = wordScore(words[0], words[1]);
  const best = typing.score > byWords.score ? typing : byWords;
  if (best.score < 0.8 && isInitialsOf(words[0], words[1]))
    return { score: 0.8, because: 'initials of the other' };
  return best;
}

/** Telling letters from which one error more likely is an error than another company. */
const TELLING_LETTERS = 10;
const NO_TYPING: NameScore = { score: 0, because: 'other name' };

/** A typing error or two in the whole name; short names hold no error that would not be another company. */
function typingScore(left: string, right: string): NameScore {
  const [lettersLeft, lettersRight] = [left.replaceAll(' ', ''), right.replaceAll(' ', '')];
  const length = Math.max(lettersLeft.length, lettersRight.length);
  if (length < 6 || digitsOf(left) !== digitsOf(right)) return NO_TYPING;
  const errors = editDistance(lettersLeft, lettersRight, 2);
  const [tellingLeft, tellingRight] = [coreOf(left).core, coreOf(right).core];
  // Names of a few letters have neighbours that are other companies: there, a place in common has to speak for it.
  const isTelling =
    tellingLeft === tellingRight || Math.min(tellingLeft.length, tellingRight.length) >= TELLING_LETTERS;
  if (errors === 1) return { score: isTelling ? 0.93 : 0.86, because: 'one letter differs' };
  // Not even a town in common makes two errors more likely than a neighbour of that name: a person decides.
  if (errors === 2 && length >= 12) return { score: 0.8, because: 'two letters differ' };
  return NO_TYPING;
}

/** Numbers are never typing errors: `Fund 11` is not `Fund 12`. */
const digitsOf = (text: string): string => text.replaceAll(/\D+/g, ' ').trim();

function wordScore(left: readonly string[], right: readonly string[]): NameScore {
  const free = [...right];
  let common = 0;
  let lost = 0;
  let missed: string | null = null;
  for (const word of left) {
    const at = bestFit(word, free);
    const fit = at === null ? 0 : similarity(word, free[at] ?? '');
    if (at === null || fit < SIMILAR_WORD) {
      lost += weightOf(word);
      missed = word;
    } else {
      common += fit * weightOf(word);
      lost += (1 - fit) * weightOf(word);
      free.splice(at, 1);
    }
  }
  for (const word of free) {
    lost += weightOf(word);
    missed ??= word;
  }
  const shared = common / (common + lost);
  const distinct = left.some(
    (word) => !GENERIC.has(word) && right.some((other) => similarity(word, other) >= 0.9),
  );
  if (!distinct) return { score: Math.min(shared, 0.5), because: 'only common words in common' };
  const onlyGenericLost = [...left, ...right].every(
    (word) => GENERIC.has(word) || (left.includes(word) && right.includes(word)),
  );
  // `Alibaba` and `Alibaba Group`: what is missing says little. One short word in common with nothing else is less sure, and `Oowel
  // Foods` and `Oowel Partners` are two companies as often as one.
  if (onlyGenericLost && missed !== null) {
    const other = free[0] !== undefined && free[0] !== missed ? free[0] : null;
    if (other !== null) return { score: 0.8, because: `“${missed}” instead of “${other}”` };
    return { score: left[0] === right[0] ? 0.9 : 0.8, because: `“${missed}” left out` };
  }
  return { score: Math.min(shared, 0.86), because: missed === null ? 'words alike' : `“${missed}” differs` };
}

const weightOf = (word: string): number => (GENERIC.has(word) ? GENERIC_WEIGHT : 1);

function bestFit(word: string, among: readonly string[]): number | null {
  let best: number | null = null;
  let bestFitting = 0;
  for (const [at, other] of among.entries()) {
    const fit = similarity(word, other);
    if (fit > bestFitting) [best, bestFitting] = [at, fit];
  }
  return best;
}

/** 1 for equal words; less by the letters that differ; 0 where numbers differ. */
function similarity(a: string, b: string): number {
  if (a === b) return 1;
  if (/\d/.test(a + b)) return 0;
  const length = Math.max(a.length, b.length);
  if (length < 5) return 0;
  return 1 - editDistance(a, b, 3) / length;
}

function isInitialsOf(left: readonly string[], right: readonly string[]): boolean {
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  const [only] = short;
  if (short.length !== 1 || only === undefined || only.length < 3 || long.length < 3) return false;
  return long.map((word) => word[0]).join('') === only;
}

/** Letters inserted, left out, changed or swapped with their neighbour; `limit + 1` for more than `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    if (Math.min(...current) > limit) return limit + 1;
    before = previous;
    previous = current;
  }
  return Math.min(previous[b.length] ?? 0, limit + 1);
}

/** Marks keys that find spellings with errors; no name begins with it. */
const MARK = '~';

/**
 * Keys by which a name with one typing error still meets its right spelling: whichever half of the letters the error is in, the
 * other half is intact. The initial of what follows the first word keeps the rows of a key few.
 */
export function spellingKeys(name: string): string[] {
  const { core, hint } = coreOf(name);
  return core.length < 6 ? [] : halves(core, core.length, hint);
}

/** The keys under which a name may be stored, allowing for a letter more or less. */
export function spellingProbes(name: string): string[] {
  const { core, hint } = coreOf(name);
  if (core.length < 5) return [];
  const lengths = [core.length, core.length - 1, core.length + 1].filter((length) => length >= 6);
  return [...new Set(lengths.flatMap((length) => halves(core, length, hint)))];
}

function halves(core: string, length: number, hint: string): string[] {
  const half = Math.floor(length / 2);
  return [`${MARK}<${hint}${core.slice(0, half)}`, `${MARK}>${hint}${core.slice(-(length - half))}`];
}

/** Letters of the telling words, and the first letters of the common ones. */
function coreOf(name: string): { core: string; hint: string } {
  const words = companyNameKey(name).split(' ');
  const telling = words.filter((word) => !isLikeGeneric(word));
  const common = words.filter(isLikeGeneric);
  if (telling.length === 0) return { core: words.join(''), hint: '' };
  return { core: telling.join(''), hint: common.map((word) => word[0]).join('') };
}

/** A common word, or one with a typing error behind its first letter. */
function isLikeGeneric(word: string): boolean {
  if (GENERIC.has(word)) return true;
  return (
    word.length >= 6 &&
    (GENERIC_BY_LETTER.get(word[0] ?? '') ?? []).some((other) => editDistance(word, other, 1) <= 1)
  );
}

/** The telling words alone: `Alibaba Group` and `Alibaba` meet in `alibaba`. */
function coreKey(name: string): string | null {
  const words = companyNameKey(name).split(' ');
  const telling = words.filter((word) => !GENERIC.has(word)).join(' ');
  return telling === '' || telling.length < 4 ? null : `${MARK}=${telling}`;
}

/** Every key under which an account of this name is stored. */
export function nameKeys(name: string): string[] {
  const own = [coreKey(name), beginningKey(name)].filter((key) => key !== null);
  return [companyNameKey(name), ...spellingKeys(name), ...own].filter((key) => key !== '');
}

/** Keys that an account of this very name has, its common words aside: few accounts share one. */
export const exactProbes = (name: string): string[] =>
  [companyNameKey(name), coreKey(name)].filter((key) => key !== null && key !== '').map(String);

/** Keys under which an account of a name much like this one may be stored: hundreds may share one. */
export const likeProbes = (name: string): string[] =>
  [...spellingProbes(name), beginningKey(name)].filter((key) => key !== null).map(String);

/** Every key under which an account of this name, or of one much like it, may be stored. */
export const nameProbes = (name: string): string[] => [
  ...new Set([...exactProbes(name), ...likeProbes(name)]),
];

const BEGINNING = 8;

/** How the name begins, blanks aside, unless that is a common word: errors behind it, in a blank too, don't matter. */
function beginningKey(name: string): string | null {
  const [first = '', ...others] = companyNameKey(name).split(' ');
  const letters = [first, ...others].join('');
  return GENERIC.has(first) || letters.length < BEGINNING + 2
    ? null
    : `${MARK}^${letters.slice(0, BEGINNING)}`;
}

export type MatchCandidate = {
  id: string;
  /** Every name it goes by. */
  names: readonly string[];
  country: string | null;
  region: string | null;
  city: string | null;
};
export type MatchMention = {
  names: readonly string[];
  country: string | null;
  region: string | null;
  city: string | null;
};

export type NameMatch<Candidate> =
  | { kind: 'match'; candidate: Candidate; score: number; because: string }
  | { kind: 'ambiguous'; candidates: { candidate: Candidate; score: number; because: string }[] }
  | { kind: 'none' };

/** At least this sure, and this much surer than of the next one; between the two a person decides. */
export const MATCH_SCORE = 0.88;
const REVIEW_SCORE = 0.75;
const MARGIN = 0.05;
const MOST_CANDIDATES = 5;

/** Which of the candidates is meant, by names and places. */
export function chooseByName<Candidate extends MatchCandidate>(
  mention: MatchMention,
  candidates: readonly Candidate[],
): NameMatch<Candidate> {
  const judged = candidates
    .map((candidate) => ({ candidate, ...judge(mention, candidate) }))
    .filter(({ score }) => score >= REVIEW_SCORE)
    .toSorted((a, b) => b.score - a.score || (a.candidate.id < b.candidate.id ? -1 : 1));
  const [best, next] = judged;
  if (best === undefined) return { kind: 'none' };
  if (best.score >= MATCH_SCORE && best.score - (next?.score ?? 0) >= MARGIN)
    return { kind: 'match', ...best };
  return { kind: 'ambiguous', candidates: judged.slice(0, MOST_CANDIDATES) };
}

function judge(mention: MatchMention, candidate: MatchCandidate): NameScore {
  let best: NameScore = { score: 0, because: '' };
  for (const [at, name] of mention.names.entries()) {
    for (const known of candidate.names) {
      const scored = scoreNames(name, known);
      // The first name is today's, the others are former ones.
      const score = at === 0 ? scored.score : scored.score - 0.02;
      if (score > best.score)
        best = { score, because: at === 0 ? scored.because : `${scored.because} as a former name` };
    }
  }
  const place = placeScore(mention, candidate);
  return {
    score: best.score + place.score,
    because: [best.because, place.because].filter((part) => part !== '').join(', '),
  };
}

const same = (a: string | null, b: string | null): boolean | null =>
  a === null || b === null ? null : a.trim().toLowerCase() === b.trim().toLowerCase();

/** Places tell namesakes apart; a company has more than one place, so another town says little. */
function placeScore(mention: MatchMention, candidate: MatchCandidate): NameScore {
  if (same(mention.country, candidate.country) === false) return { score: -0.14, because: 'another country' };
  const city = same(mention.city, candidate.city);
  if (city === true) return { score: 0.06, because: 'same town' };
  const region = same(mention.region, candidate.region);
  if (region === true) return { score: 0.03, because: 'same region' };
  if (city === false && region === false) return { score: -0.04, because: 'another region' };
  return { score: 0, because: '' };
}
