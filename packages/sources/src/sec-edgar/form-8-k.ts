/** One item of a Form 8-K: its number as filed, and its text. */
export type FormItem = {
  /** `5.02`; a whole number (`9`) in filings before 23 August 2004. */
  number: string;
  heading: string;
  /** Text below the heading, and where it starts in the filing's text (characters). */
  text: string;
  start: number;
};

/** `Item 5.02`, `ITEM 9.01(d).`, `Item 5. 02`, `I tem 2.02`; the number may touch the heading (`5.02Departure`). */
const ITEM_LINE = /^i ?t ?e ?m ?s? {0,3}(\d{1,2}(?: ?\. ?\d{2})?)(?!\d)(?: ?\([a-z]\))*[ .:;)–—-]*(.*)$/i;
/** A sentence that begins with a reference to an item, not a heading. */
const REFERENCE =
  /^(of|above|below|herein|hereof|is|are|was|and|or|to|in|on|as|shall|will|by|may|under|through|which|has|have)\b/;
const NEW_ITEMS = new Set(
  `1.01 1.02 1.03 1.04 1.05 2.01 2.02 2.03 2.04 2.05 2.06 3.01 3.02 3.03 4.01 4.02 5.01 5.02 5.03 5.04 5.05 5.06 5.07 5.08 6.01 6.02 6.03 6.04 6.05 6.06 6.10 7.01 8.01 9.01`.split(
    ' ',
  ),
);
const OLD_ITEMS = 12;

/**
 * The items of a Form 8-K, in order, each once, with their text. Numbers that no version of the form has are not items.
 * @param text the filing as readable text, a line per block
 */
export function readFormItems(text: string): FormItem[] {
  const found: { number: string; heading: string; lineStart: number; bodyStart: number }[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const item = readItemLine(line);
    if (item !== null)
      found.push({ ...item, lineStart: at, bodyStart: at + line.length - item.heading.length });
    at += line.length + 1;
  }
  const end = signatureAt(text);
  const items = new Map<string, FormItem>();
  for (const [index, { number, heading, bodyStart }] of found.entries()) {
    const next = found[index + 1]?.lineStart ?? Math.max(end, bodyStart);
    const known = items.get(number);
    const body = text.slice(bodyStart, next);
    if (known === undefined) items.set(number, { number, heading, text: body, start: bodyStart });
    // Repeated on the next page, or listed on the cover first: the longer text is the item.
    else if (body.length > known.text.length)
      items.set(number, { number, heading, text: body, start: bodyStart });
  }
  return [...items.values()];
}

function readItemLine(line: string): { number: string; heading: string } | null {
  const match = ITEM_LINE.exec(line);
  if (match === null) return null;
  const number = (match[1] ?? '').replaceAll(' ', '');
  const heading = match[2] ?? '';
  if (REFERENCE.test(heading)) return null;
  const known = number.includes('.')
    ? NEW_ITEMS.has(number)
    : Number(number) >= 1 && Number(number) <= OLD_ITEMS;
  return known ? { number, heading } : null;
}

/** Where the signatures begin: what follows belongs to no item. */
function signatureAt(text: string): number {
  const match = /\n(SIGNATURES?|Signatures?)\b[^\n]{0,20}\n/.exec(text);
  return match === null ? text.length : match.index;
}

/** Items whose text is read for signals, by either numbering (Release 33-8400 renumbered the form in 2004). */
export function itemMeaning(number: string): 'leadership' | 'exit_costs' | 'acquisition' | null {
  if (number === '5.02' || number === '6') return 'leadership';
  if (number === '2.05') return 'exit_costs';
  if (number === '2.01' || number === '2') return 'acquisition';
  return null;
}
