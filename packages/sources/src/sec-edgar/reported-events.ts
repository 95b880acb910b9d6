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

const ABOUT = '(?:approximately |about |roughly |nearly |up to |an additional |some )?';
const SHARE =
  '(?:(?<percent>\\d{1,2}(?:\\.\\d+)?) ?(?:%|percent|per cent)|(?<fraction>(?:one|two)[- ]thirds?|one[- ]half|half|(?:one|a)[- ]quarter))';
const FRACTIONS: Readonly<Record<string, number>> = {
  'one third': 33,
  'two thirds': 67,
  'one half': 50,
  half: 50,
  'one quarter': 25,
  'a quarter': 25,
};
const STAFF =
  "(?:of (?:(?:its|our|the Company[’']s|total|all)\\b)(?: [\\w-]+){0,4} (?:workforce|employees|headcount|staff|team|personnel|positions|roles|workers)|workforce|headcount)";
const SHARES = [
  `${SHARE}[^.]{0,40}?${STAFF}`,
  `(?:workforce|headcount|staff)[^.]{0,100}?\\b(?:by|or|representing) ${ABOUT}${SHARE}`,
].map((text) => new RegExp(text, 'i'));
const SMALL =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

const SPELLED = `(?:${TENS.join('|')})(?:-(?:${SMALL.slice(0, 9).join('|')}))?|${SMALL.toReversed().join('|')}`;
/** A count of people: not of dollars, of months, and no year. */
const PEOPLE = new RegExp(
  `(?<![$\\w,.-])(?<!\\bin )(?<count>\\d{1,3}(?:,\\d{3})+|\\d+|${SPELLED}) (?:of (?:its|our|the Company[’']s) )?(?:(?!(?:million|billion|percent|per|months?|weeks?|years?|days?)\\b)(?:U\\.S\\.|[a-z-]+),? ){0,5}?(?:employees|positions|jobs|people|team members|workers|roles|associates|staff members)\\b`,
  'gi',
);

/**
 * Item 2.05: lay-offs with the share of the workforce or the number of people, where the text names them; otherwise exit costs.
 * Null for an item without text.
 */
export function readExitCosts(text: string): Claim | null {
  const sentences = sentencesOf(text);
  const about = sentences.find(
    (sentence) =>
      /workforce|headcount|lay-?offs?|lay off|positions|roles|employees|reduction in force|restructur|clos(?:e|ure|ing)|exit|wind[- ]down/i.test(
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
    share !== null ||
    people !== null ||
    /workforce|headcount|lay-?offs?|lay off|laid off|reduction in force/i.test(text);
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
  for (const share of SHARES) {
    const { percent, fraction } = share.exec(sentence)?.groups ?? {};
    if (percent !== undefined) return Number(percent);
    if (fraction !== undefined) return FRACTIONS[fraction.toLowerCase().replace('-', ' ')] ?? null;
  }
  return null;
}

function peopleOf(sentence: string): number | null {
  if (!/reduc|eliminat|lay|laid|terminat|affect|impact|cut/i.test(sentence)) return null;
  for (const match of sentence.matchAll(PEOPLE)) {
    const count = countOf(match.groups?.['count'] ?? '');
    if (count !== null && count > 0) return count;
  }
  return null;
}

/** `1,200`, `85` or `sixty-two`; null for another word. */
function countOf(text: string): number | null {
  if (/^\d/.test(text)) return Number(text.replaceAll(',', ''));
  const [first = '', second] = text.toLowerCase().split('-');
  const ten = TENS.indexOf(first);
  const small = SMALL.indexOf(second ?? first) + 1;
  if (ten >= 0) return (ten + 2) * 10 + (second === undefined ? 0 : small);
  return second === undefined && small > 0 ? small : null;
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

const NOT_YET =
  /\b(?:expected to|anticipated to|subject to (?:customary|the satisfaction|regulatory|certain)|will (?:close|occur|be completed|acquire))\b/i;
/** The company itself went into another's hands. */
const WAS_ACQUIRED =
  /merged with and into the (?:Company|Registrant)|\b(?:acquisition of|acquired) the (?:Company|Registrant)\b|(?:Company|Registrant)[^.]{0,80}(?:surviv|wholly[- ]owned subsidiary of (?!the (?:Company|Registrant)))/i;

function directionOf(line: string): 'acquired' | 'was_acquired' | 'sold' | null {
  const isDone =
    /\b(complet(?:ed|ion)|consummat(?:ed|ion)|clos(?:ed|ing)|merged with and into|effective time|became a)\b/i.test(
      line,
    );
  if (!isDone || (NOT_YET.test(line) && !/\b(?:completed|consummated|closed on)\b/i.test(line))) return null;
  if (WAS_ACQUIRED.test(line)) return 'was_acquired';
  if (/\b(?:sale|disposition|divestiture|sold)\b/i.test(line) && !/\bpurchase of\b|acquir/i.test(line))
    return 'sold';
  return /acqui(?:re|sition)|purchase|merger/i.test(line) ? 'acquired' : null;
}
