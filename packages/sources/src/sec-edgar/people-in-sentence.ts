import { OFFICES, officeOf } from './office.ts';
import { isNameWord, isPersonName, isShortForm, PERSON, personName } from './person-name.ts';

/** Somebody named in a sentence; `role` is the office that stands right after the name, as filed. */
export type Mention = { who: string; role: string | null };

/** Stands for a person, or for several that a list joins; what follows it fills the place of the names. */
export const SOMEBODY = '\uE000\uE001*(?!\uE001)';

const COMPANY_AFTER =
  /^[’']?s?,?\s*(?:Inc|Corp|Corporation|Company|LLC|L\.L\.C|Ltd|Limited|L\.P|LP|plc|PLC|N\.A|Co\.|Bancorp|Bancshares|Holdings?|Group|Bank|Partners|Trust|University|College|School|Institute|Foundation)\b/u;
const COMPANY_BEFORE =
  /(?:Officer|President|Chairman|Chair|Director|Partner|Counsel|Controller|Treasurer|employee|subsidiary|division|University|School|College)\s+(?:of|at|with)\s+$/u;
const LEGAL_FORM_COMMA = /,(?=\s+(?:Inc|Corp|LLC|L\.L\.C|Ltd|L\.P|N\.A)\b)/gu;
const PARENTHESIS = /\([^()]{0,160}\)/gu;
const APPOSITION = `(?:,\\s+(?:aged?\\s+\\d+,\\s+)?(?:(?:the|its|our|a|an)\\s+)?(?:[Cc]ompany[’']s\\s+)?(?:current\\s+|former\\s+)?(${OFFICES})\\s*,)`;
const JOINS = new RegExp(`^${APPOSITION}?\\s*(?:,\\s+and|,|and|as\\s+well\\s+as)\\s+$`, 'u');
const OWN_ROLE = new RegExp(`^${APPOSITION.slice(0, -1)}?)`, 'u');

type Span = { from: number; to: number; who: string };

/**
 * The sentence with whom it names covered, lists of people as one, and brackets emptied: its other characters keep their places.
 * @returns the covered text, and who stands at each place where a cover begins
 */
export function coverPeople(text: string): { covered: string; people: ReadonlyMap<number, Mention[]> } {
  const plain = text
    .replaceAll(PARENTHESIS, (bracket) => ' '.repeat(bracket.length))
    .replaceAll(LEGAL_FORM_COMMA, ' ');
  const people = new Map<number, Mention[]>();
  let covered = plain;
  for (const group of groupsOf(peopleNamed(plain), plain)) {
    const [first] = group;
    const last = group.at(-1);
    if (!first || !last) continue;
    const length = last.to - first.from;
    covered = `${covered.slice(0, first.from)}\uE000${'\uE001'.repeat(length - 1)}${covered.slice(last.to)}`;
    people.set(
      first.from,
      group.map(({ who, to }) => ({ who, role: roleAfter(plain.slice(to)) })),
    );
  }
  return { covered, people };
}

/** Everybody whom a text names, as written, in its order. */
export function peopleNamed(text: string): Span[] {
  return [...text.matchAll(new RegExp(PERSON, 'gu'))].flatMap(({ 0: found, index }) => {
    const before = text.slice(0, index);
    return namesWithin(found).flatMap(({ at, who }): Span[] => {
      const from = index + at;
      const to = from + who.length;
      const isCompany = COMPANY_AFTER.test(text.slice(to)) || (at === 0 && COMPANY_BEFORE.test(before));
      return isCompany ? [] : [{ from, to, who }];
    });
  });
}

/** What is left of capitalised words without offices, papers and days at either end: `Chairman Harold F. Bishop`. */
function namesWithin(found: string): { at: number; who: string }[] {
  const whole = found.replace(/[’'](?:s)?$/u, '');
  if (isShortForm(whole)) return isPersonName(personName(whole)) ? [{ at: 0, who: whole }] : [];
  const words = [...whole.matchAll(/\S+/gu)].map(({ 0: word, index }) => ({ word, index }));
  while (words[0] && !isNameWord(words[0].word)) words.shift();
  while (words.length > 0 && !isNameWord(words.at(-1)?.word ?? '')) words.pop();
  const [first] = words;
  const last = words.at(-1);
  if (!first || !last || words.length < 2) return [];
  const who = whole.slice(first.index, last.index + last.word.length);
  const name = personName(who);
  return isPersonName(name) && name.includes(' ') ? [{ at: first.index, who }] : [];
}

function groupsOf(spans: readonly Span[], text: string): Span[][] {
  const groups: Span[][] = [];
  for (const span of spans) {
    const last = groups.at(-1)?.at(-1);
    if (last && JOINS.test(text.slice(last.to, span.from))) groups.at(-1)?.push(span);
    else groups.push([span]);
  }
  return groups;
}

function roleAfter(text: string): string | null {
  const office = OWN_ROLE.exec(text)?.[1];
  return office === undefined ? null : officeOf(office);
}
