import type { KnownFacts } from '@penstock/enrichment/provider-port';
import { wordTable } from '@penstock/kernel/word-table';

export type NamedInReply = {
  givenName?: string | null;
  familyName?: string | null;
  emails?: readonly string[];
  linkedinUrl?: string | null;
};

/**
 * False if the reply is plainly about somebody else. An address or profile that was asked for and comes back settles
 * it; otherwise family names must share a part, and given names must not contradict (initials and short forms pass). A reply may have
 * them the other way round. Where either side names nobody there is nothing to contradict.
 */
export function isSamePerson(asked: KnownFacts, reply: NamedInReply): boolean {
  if (asked.email && reply.emails?.some((email) => email.toLowerCase() === asked.email?.toLowerCase()))
    return true;
  if (
    asked.linkedinUrl &&
    reply.linkedinUrl &&
    profilePath(asked.linkedinUrl) === profilePath(reply.linkedinUrl)
  )
    return true;
  const { familyName, givenName } = asked;
  return (
    (agree(familyName, reply.familyName, FAMILY) && agree(givenName, reply.givenName, GIVEN)) ||
    isTurnedRound(asked, reply)
  );
}

function isTurnedRound({ familyName, givenName }: KnownFacts, reply: NamedInReply): boolean {
  if (!familyName || !givenName || !reply.familyName || !reply.givenName) return false;
  return agree(familyName, reply.givenName, FAMILY) && agree(givenName, reply.familyName, FAMILY);
}

type Part = { shared: ReadonlySet<string>; same: (a: string, b: string) => boolean };

function agree(
  asked: string | undefined,
  replied: string | null | undefined,
  { shared, same }: Part,
): boolean {
  if (!asked || !replied || asked === replied) return true;
  const [left, right] = [partsOf(asked), partsOf(replied)];
  if (left.length === 0 || right.length === 0) return true;
  // `van den Berg` is `Vandenberg`, `Mac Donald` is `MacDonald`.
  if (left.join('') === right.join('') || areInitials(left, right) || areInitials(right, left)) return true;
  const others = telling(right, shared);
  return telling(left, shared).some((a) => others.some((b) => same(a, b)));
}

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
const TITLES = words('dr prof mr mrs ms miss herr frau sir ing dipl mag mba phd md jr sr ii iii iv');
const IN_GIVEN = new Set(TITLES);
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

function couldBeOneGivenName(a: string, b: string): boolean {
  if (a.length === 1 || b.length === 1) return a[0] === b[0];
  if (a.slice(0, 2) === b.slice(0, 2)) return true;
  return SHORT_FORMS[a]?.includes(b) === true || SHORT_FORMS[b]?.includes(a) === true;
}

const FAMILY: Part = { shared: IN_FAMILY, same: (a, b) => a === b };
const GIVEN: Part = { shared: IN_GIVEN, same: couldBeOneGivenName };

function profilePath(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/^(https?:\/\/)?(www\.)?/, '')
    .replace(/[/?#]+$/, '');
}
