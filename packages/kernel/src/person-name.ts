import { wordTable } from './word-table.ts';

/** Whether two names are one person's: people are written with and without marks, with all their names and with few, in full and in short. */
export type PersonName = { givenName: string; familyName: string };

type PartlyNamed = { givenName?: string | null | undefined; familyName?: string | null | undefined };

/**
 * False where two names are plainly of two people: family names must share a part, and given names must not contradict (initials and what
 * begins alike pass); one may be written the other way round. Where either names nobody there is nothing to contradict.
 */
export function mayBeOne(a: PartlyNamed, b: PartlyNamed): boolean {
  return (
    (agree(a.familyName, b.familyName, FAMILY) && agree(a.givenName, b.givenName, ALIKE)) ||
    areTurnedRound(a, b)
  );
}

/** True where two names are as good as the same: `Bob Stone` and `Robert W. Stone, Jr.`. Initials alone are not enough. */
export function areAsGoodAsOne(a: PersonName, b: PersonName): boolean {
  const isWhole = [a, b].every((one) => hasParts(one.givenName) && hasParts(one.familyName));
  return isWhole && agree(a.familyName, b.familyName, FAMILY) && agree(a.givenName, b.givenName, GIVEN);
}

/** A name as it is published, its last word the family's; null where there are not both. */
export function splitName(name: string): PersonName | null {
  const words = name.split(/[\s,]+/).filter((word) => hasParts(word) && !TITLES.has(partsOf(word).join('')));
  const familyName = words.at(-1);
  return familyName === undefined || words.length < 2
    ? null
    : { givenName: words.slice(0, -1).join(' '), familyName };
}

function areTurnedRound(a: PartlyNamed, b: PartlyNamed): boolean {
  if (!a.familyName || !a.givenName || !b.familyName || !b.givenName) return false;
  return agree(a.familyName, b.givenName, FAMILY) && agree(a.givenName, b.familyName, FAMILY);
}

type Part = { shared: ReadonlySet<string>; same: (a: string, b: string) => boolean };

function agree(a: string | null | undefined, b: string | null | undefined, { shared, same }: Part): boolean {
  if (!a || !b || a === b) return true;
  const [left, right] = [partsOf(a), partsOf(b)];
  if (left.length === 0 || right.length === 0) return true;
  // `van den Berg` is `Vandenberg`, `Mac Donald` is `MacDonald`.
  if (left.join('') === right.join('') || areInitials(left, right) || areInitials(right, left)) return true;
  const others = telling(right, shared);
  return telling(left, shared).some((one) => others.some((other) => same(one, other)));
}

const hasParts = (name: string): boolean => partsOf(name).length > 0;

/** Most names: looking for marks and letters of all scripts in them takes ten times as long. */
const PLAIN = /^[\x20-\x7e]*$/;
/** Letters that are no other letter with a mark, as they are written without them. */
const LETTERS = wordTable<string>({
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
});

/** `Müller-Lüdenscheidt` and `Mueller-Luedenscheidt` → `muller`, `ludenscheidt`; `O’Brien` → `obrien`. */
function partsOf(name: string): string[] {
  const plain = PLAIN.test(name)
    ? name.toLowerCase()
    : name
        .normalize('NFKD')
        .replaceAll(/\p{M}/gu, '')
        .toLowerCase()
        .replaceAll(/[ßøæœłđðþı]/g, (letter) => LETTERS[letter] ?? letter);
  return plain
    .replaceAll(/['’‘`´.]/g, (mark) => (mark === '.' ? ' ' : ''))
    .replaceAll(/([aou])e/g, '$1')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part.length > 0);
}

const words = (text: string): string[] => text.split(' ');
/** What people are called besides their names. */
const TITLES: ReadonlySet<string> = new Set(
  words('dr prof mr mrs ms miss herr frau sir ing dipl mag mba phd md jr sr ii iii iv cpa esq'),
);
/** Many families share these as well. */
const IN_FAMILY = new Set([
  ...TITLES,
  ...words(
    'de del della di da dos das do du la le les el al bin ibn ben abu van von vom zu zur der den ter ten und y e mc mac',
  ),
]);

/** A name of nothing but such parts is told by them. */
function telling(parts: readonly string[], shared: ReadonlySet<string>): readonly string[] {
  const left = parts.filter((part) => !shared.has(part));
  return left.length > 0 ? left : parts;
}

/** `JP` for `Jean-Pierre`. */
const areInitials = (a: readonly string[], b: readonly string[]): boolean =>
  b.length > 1 && a.join('') === b.map((part) => part[0]).join('');

/** Short forms that don't begin like the name they stand for. */
const SHORT_FORMS = wordTable<readonly string[]>({
  jim: ['james'],
  jimmy: ['james'],
  tom: ['thomas'],
  tommy: ['thomas'],
  thom: ['thomas'],
  bill: ['william'],
  will: ['william'],
  liam: ['william'],
  bob: ['robert'],
  rob: ['robert'],
  dick: ['richard'],
  rick: ['richard'],
  jack: ['john'],
  peggy: ['margaret'],
  meg: ['margaret'],
  liz: ['elizabeth'],
  beth: ['elizabeth'],
  betty: ['elizabeth'],
  ted: ['edward', 'theodore'],
  ned: ['edward'],
  sandy: ['alexander', 'alexandra'],
  alex: ['sandy'],
  tony: ['anthony', 'antonio'],
  hank: ['henry'],
  harry: ['henry', 'harold'],
  molly: ['mary'],
  polly: ['mary'],
  nancy: ['ann', 'anne'],
  sally: ['sarah'],
  chuck: ['charles'],
  drew: ['andrew'],
  gus: ['august'],
  kate: ['catherine', 'katherine'],
  kit: ['christopher'],
  tina: ['christina'],
  becky: ['rebecca'],
  fritz: ['friedrich'],
  hans: ['johannes'],
  sepp: ['josef', 'joseph'],
  toni: ['anton', 'antonia'],
  greta: ['margareta', 'margarete'],
  gretchen: ['margarete'],
  lena: ['helena', 'magdalena'],
  uschi: ['ursula'],
  klaus: ['nikolaus'],
  xavi: ['javier'],
  nacho: ['ignacio'],
  lola: ['dolores'],
  gigi: ['luigi'],
  zhenya: ['evgeny', 'evgenia', 'yevgeny'],
  katya: ['ekaterina'],
  volodya: ['vladimir'],
  pepe: ['jose'],
  paco: ['francisco'],
  sasha: ['alexander', 'alexandra'],
  misha: ['mikhail'],
});

const isShortOf = (a: string, b: string): boolean =>
  SHORT_FORMS[a]?.includes(b) === true || SHORT_FORMS[b]?.includes(a) === true;

/** `Max` and `Maximilian`; two letters are too few. */
const LEAST_BEGINNING = 3;
const isBeginning = (a: string, b: string): boolean => a.length >= LEAST_BEGINNING && b.startsWith(a);

function couldBeOneGivenName(a: string, b: string): boolean {
  if (a.length === 1 || b.length === 1) return a[0] === b[0];
  return a.slice(0, 2) === b.slice(0, 2) || isShortOf(a, b);
}

const FAMILY: Part = { shared: IN_FAMILY, same: (a, b) => a === b };
const GIVEN: Part = {
  shared: TITLES,
  same: (a, b) => (a === b && a.length > 1) || isShortOf(a, b) || isBeginning(a, b) || isBeginning(b, a),
};
const ALIKE: Part = { shared: TITLES, same: couldBeOneGivenName };
