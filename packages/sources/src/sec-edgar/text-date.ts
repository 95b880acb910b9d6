const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December'.split(
  '|',
);
const DATE = `(${MONTHS.join('|')})\\s+(\\d{1,2}),?\\s+(\\d{4})`;

/**
 * The day on which a move takes effect: the one after `effective`, else the first one after the verb, else the first of the sentence
 * (`On March 17, 2023, the Board appointed …`). ISO day or null.
 */
export function dateIn(sentence: string, verbAt: number): string | null {
  const effective = new RegExp(
    `\\beffective\\b(?:\\s+(?:as of|on|upon|from|at|date of|immediately|the close of business on)\\b)*[^.;]{0,60}?${DATE}`,
    'i',
  ).exec(sentence);
  const plain = new RegExp(DATE);
  return (
    toDay(effective) ??
    (/\beffective\s+(?:immediately|on such date|as of (?:such|the same) date)/i.test(sentence)
      ? toDay(plain.exec(sentence))
      : null) ??
    toDay(plain.exec(sentence.slice(verbAt))) ??
    toDay(plain.exec(sentence))
  );
}

function toDay(match: RegExpExecArray | null): string | null {
  if (match === null) return null;
  const month = MONTHS.findIndex((name) => name.toLowerCase() === match[1]?.toLowerCase()) + 1;
  const day = Number(match[2]);
  if (month === 0 || day < 1 || day > 31) return null;
  return `${match[3]}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
