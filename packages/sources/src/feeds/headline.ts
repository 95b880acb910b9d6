import type { NewsClaim } from '@penstock/signals/source-port';

import { countryCodeOf } from '../boards/country.ts';
import { acquisition, executive, expansion, funding, layOffs, type Claim } from './headline-claims.ts';
import { readIn } from './headline-grammar.ts';
import { HEADLINE_LANGUAGES } from './headline-languages.ts';

/** A run of words that begin with a capital or a digit, as headlines write companies. */
const WORD = "[\\p{Lu}\\d][\\p{L}\\d_&.'’+-]*";
const NAME = `(?<![\\p{L}\\d])(${WORD}(?: (?:${WORD}|&|and(?= \\p{Lu})|of(?= \\p{Lu}))){0,5})`;
const AMOUNT =
  '(?:[A-Z]{2,3})?([$€£])\\s?(\\d+(?:[.,]\\d+)?)\\s?([Kk]|[Mm]|[Mm]n|mln|million|[Bb]|[Bb]n|billion)?\\b';
const ROLE =
  '((?:[Ii]nterim |[Gg]lobal )?(?:Chief [A-Z][\\w&-]*(?: [A-Z&][\\w&-]*){0,3} Officer|C[EFORTMIP]O|CHRO|CISO|President|(?:[SE]?VP|Vice President)[^,.;:]{0,40}|General Counsel|Head of [A-Z][^,.;:]{0,40}))';

type Rule = { pattern: RegExp; read: (match: RegExpExecArray) => Claim | null };

const RULES: readonly Rule[] = [
  {
    pattern: new RegExp(
      `${NAME} (?:raises|raised|secures|secured|closes|closed|lands|landed|bags|nabs|snags|announces|completes) (?:an? )?(?:[\\w-]+ ){0,3}?${AMOUNT}(.*)`,
      'u',
    ),
    read: ([, , symbol = '', figure = '', unit = '', rest = '']) => raised(symbol, figure, unit, rest),
  },
  {
    pattern: new RegExp(`${NAME} (?:is |was |to be |has been )?(?:acquired|bought|taken over) by `, 'u'),
    read: () => acquisition('was_acquired', 'is acquired'),
  },
  {
    pattern: new RegExp(
      `${NAME} (?:acquires|acquired|to acquire|buys|to buy|completes (?:its )?acquisition of|snaps up|takes over) `,
      'u',
    ),
    read: () => acquisition('acquired', 'acquires another company'),
  },
  {
    pattern: new RegExp(
      `${NAME} (?:lays off|laid off|to lay off|cuts|to cut|slashes|axes|sheds|to eliminate|eliminates) (?:about |around |some |over |nearly |up to )?(?:(\\d{1,2}(?:\\.\\d+)?) ?(?:%|percent) of|(\\d{1,3}(?:,\\d{3})+|\\d+)) (?:its |the |of its )?(?:global )?(?:workforce|staff|jobs|employees|workers|people|positions|roles|headcount)`,
      'u',
    ),
    read: ([, , share, people]) =>
      layOffs(
        share === undefined ? null : Number(share),
        people === undefined ? null : Number(people.replaceAll(',', '')),
      ),
  },
  {
    pattern: new RegExp(
      `${NAME} (?:appoints|appointed|names|named|hires|hired|promotes|taps|welcomes) .{2,80}? (?:as|to be|to) (?:its |the |a )?(?:new |first )?${ROLE}`,
      'u',
    ),
    read: ([, , role = '']) => executive('executive_hire', role.trim()),
  },
  {
    pattern: new RegExp(
      `${NAME} ${ROLE}(?: [A-Z][\\w'’-]+){0,3} (?:steps down|to step down|resigns|departs|to depart|leaves|to leave|is out|exits)`,
      'u',
    ),
    read: ([, , role = '']) => executive('leadership_change', role.trim()),
  },
  {
    pattern: new RegExp(
      `${NAME} (?:opens|to open|expands|to expand|launches|enters)(?: \\w+){0,5}? (?:in|into|to) (?:the )?([A-Z][\\w.’-]*(?: [A-Z][\\w.’-]*){0,2})`,
      'u',
    ),
    read: ([, , place = '']) => expansion(place, countryCodeOf(place)),
  },
];

/** Asked, not told. */
const QUESTION = /\?["'”’»)]*\s*$/;

/**
 * What a headline says of a company, by its verb, in English, German, French, Spanish or Dutch; null where it says nothing to act on. Only
 * the headline is read: articles mention many companies, their titles one.
 */
export function readHeadline(title: string): NewsClaim | null {
  if (QUESTION.test(title)) return null;
  for (const { pattern, read } of RULES) {
    const match = pattern.exec(title);
    const claim = match === null ? null : read(match);
    if (match !== null && claim !== null)
      return {
        ...claim,
        company: (match[1] ?? '')
          .replace(/^\p{Lu}[\p{L}’'-]*-(?:based|backed|owned|headquartered) /u, '')
          .replace(/['’]s$/, ''),
      };
  }
  for (const language of HEADLINE_LANGUAGES) {
    const claim = readIn(language, title);
    if (claim !== null) return claim;
  }
  return null;
}

const FACTORS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 };
const CURRENCIES: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP' };

function raised(symbol: string, figure: string, unit: string, rest: string): Claim | null {
  const amount = Math.round(Number(figure.replace(',', '.')) * (FACTORS[unit.charAt(0).toLowerCase()] ?? 1));
  // Companies close deals and announce revenue, too.
  if (/\b(?:revenue|profit|loss|deal|contract|lawsuit|fine|settlement)\b/i.test(rest)) return null;
  return funding(amount, CURRENCIES[symbol] ?? '', rest);
}

const NAMES = new RegExp(NAME, 'gu');
const MOST_NAMES = 8;
/** Words that begin sentences and headlines, not names. */
const NO_NAMES = /^(?:the|a|an|why|how|what|when|in|on|at|with|for|from|after|as|is|it|and|of) /i;

/** Companies that a text may name, in its order: runs of capitalised words, also their beginnings where all words have capitals. */
export function namesIn(text: string): string[] {
  const names = [...text.matchAll(NAMES)].flatMap(([run]) => {
    const name = run.replace(NO_NAMES, '').replace(/['’]s$/, '');
    const words = name.split(' ');
    return [
      name,
      ...[3, 2].flatMap((count) => (words.length > count ? [words.slice(0, count).join(' ')] : [])),
    ];
  });
  return [...new Set(names.filter((name) => name.length >= 3))].slice(0, MOST_NAMES);
}
