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
 * it; otherwise family names must share a part, and given names must not contradict (initials and short forms pass).
 * Where either side names nobody there is nothing to contradict.
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
  return (
    agree(asked.familyName, reply.familyName, (a, b) => a === b) &&
    agree(asked.givenName, reply.givenName, couldBeOneGivenName)
  );
}

function agree(
  asked: string | undefined,
  replied: string | null | undefined,
  same: (a: string, b: string) => boolean,
): boolean {
  const left = nameParts(asked);
  const right = nameParts(replied);
  if (left.length === 0 || right.length === 0) return true;
  return left.some((a) => right.some((b) => same(a, b)));
}

/** Most names: looking for marks and letters of all scripts in them takes ten times as long. */
const PLAIN = /^[\x20-\x7e]*$/;

/** `Müller-Lüdenscheidt` → `muller`, `ludenscheidt`. */
function nameParts(name: string | null | undefined): string[] {
  if (!name) return [];
  if (PLAIN.test(name))
    return name
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((part) => part.length > 0);
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((part) => part.length > 0);
}

/** Short forms that don't begin like the name they stand for. */
const SHORT_FORMS = wordTable<readonly string[]>({
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

function profilePath(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/^(https?:\/\/)?(www\.)?/, '')
    .replace(/[/?#]+$/, '');
}
