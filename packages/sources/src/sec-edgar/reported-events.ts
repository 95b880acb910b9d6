import { sentencesOf } from './sentences.ts';

/** What a sentence of a report claims. */
export type Claim = {
  /** Continues `Acme Corp. …`. */
  told: string;
  /** 0–1 */
  strength: number;
  facts: Record<string, string | number | null>;
  quote: string;
  quoteStart: number;
};

const NUMBER = '(\\d{1,3}(?:,\\d{3})+|\\d+)';
const STAFF =
  "(?:of (?:its|our|the Company[’']s)(?: \\w+){0,4} (?:workforce|employees|headcount|staff|team)|workforce|headcount)";

/**
 * Item 2.05: lay-offs with the share of the workforce or the number of people, where the text names them; otherwise exit costs.
 * Null for an item without text.
 */
export function readExitCosts(text: string): Claim | null {
  const sentences = sentencesOf(text);
  const about = sentences.find(
    (sentence) =>
      /workforce|headcount|lay-?offs?|positions|employees|reduction in force|restructur|clos(?:e|ure|ing)|exit|wind[- ]down/i.test(
        sentence.text,
      ) && !/^costs associated with/i.test(sentence.text),
  );
  if (about === undefined) return null;
  const shareIn = sentences.find(({ text: line }) => shareOf(line) !== null);
  const peopleIn = sentences.find(({ text: line }) => peopleOf(line) !== null);
  const share = shareIn ? shareOf(shareIn.text) : null;
  const people = peopleIn ? peopleOf(peopleIn.text) : null;
  const quoted = shareIn ?? peopleIn ?? about;
  const layOff =
    share !== null || people !== null || /workforce|headcount|lay-?offs?|reduction in force/i.test(text);
  const size = [
    people === null ? null : `about ${people.toLocaleString('en-US')} people`,
    share === null ? null : `${share} % of its workforce`,
  ]
    .filter((part) => part !== null)
    .join(', ');
  return {
    told: layOff
      ? `reduces its workforce${size === '' ? '' : ` (${size})`}`
      : 'restructures and expects exit costs',
    strength: Math.min(1, 0.5 + (share ?? (layOff ? 8 : 2)) / 50),
    facts: { workforcePercent: share, people },
    quote: quoted.text,
    quoteStart: quoted.start,
  };
}

function shareOf(sentence: string): number | null {
  const match =
    new RegExp(`(\\d{1,2}(?:\\.\\d+)?) ?(?:%|percent)[^.]{0,40}?${STAFF}`, 'i').exec(sentence) ??
    new RegExp(
      `(?:workforce|headcount|staff)[^.]{0,60}?by (?:approximately |about |up to )?(\\d{1,2}(?:\\.\\d+)?) ?(?:%|percent)`,
      'i',
    ).exec(sentence);
  return match === null ? null : Number(match[1]);
}

function peopleOf(sentence: string): number | null {
  const match = new RegExp(
    `${NUMBER} (?:(?:full-time|salaried|corporate|of its|of our|U\\.S\\.) )*(?:employees|positions|jobs|people|team members|workers|roles|associates)`,
    'i',
  ).exec(sentence);
  const count = match === null ? null : Number((match[1] ?? '').replaceAll(',', ''));
  return count === null || count === 0 || !/reduc|eliminat|lay|terminat|affect|impact|cut/i.test(sentence)
    ? null
    : count;
}

/** Item 2.01: a completed acquisition, by the company, of it, or a sale. Null where nothing was completed. */
export function readAcquisition(text: string): Claim | null {
  for (const { text: line, start } of sentencesOf(text)) {
    if (/^completion of acquisition or disposition of assets/i.test(line)) continue;
    const direction = directionOf(line);
    if (direction === null) continue;
    return {
      told: {
        acquired: 'completed an acquisition',
        was_acquired: 'was acquired',
        sold: 'completed a sale of assets',
      }[direction],
      strength: direction === 'sold' ? 0.4 : 0.7,
      facts: { direction },
      quote: line,
      quoteStart: start,
    };
  }
  return null;
}

function directionOf(line: string): 'acquired' | 'was_acquired' | 'sold' | null {
  const isDone =
    /\b(complet(?:ed|ion)|consummat(?:ed|ion)|clos(?:ed|ing)|merged with and into|effective time|became a)\b/i.test(
      line,
    );
  if (!isDone) return null;
  if (
    /merged with and into the Company|(?:Company|Registrant)[^.]{0,80}(?:surviv|wholly[- ]owned subsidiary of)/i.test(
      line,
    )
  )
    return 'was_acquired';
  if (/\b(?:sale|disposition|divestiture|sold)\b/i.test(line) && !/\bpurchase of\b|acquir/i.test(line))
    return 'sold';
  return /acqui(?:re|sition)|purchase|merger/i.test(line) ? 'acquired' : null;
}
