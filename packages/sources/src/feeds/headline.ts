import type { NewsClaim } from '@penstock/signals/source-port';

import { countryCodeOf } from '../boards/country.ts';

/** A run of words that begin with a capital or a digit, as headlines write companies. */
const NAME = "([A-Z0-9][\\w&.'’+-]*(?: (?:[A-Z0-9][\\w&.'’+-]*|&|and(?= [A-Z])|of(?= [A-Z]))){0,5})";
const AMOUNT =
  '(?:[A-Z]{2,3})?([$€£])\\s?(\\d+(?:[.,]\\d+)?)\\s?([Kk]|[Mm]|[Mm]n|mln|million|[Bb]|[Bb]n|billion)?\\b';
const ROLE =
  '((?:[Ii]nterim |[Gg]lobal )?(?:Chief [A-Z][\\w&-]*(?: [A-Z&][\\w&-]*){0,3} Officer|C[EFORTMIP]O|CHRO|CISO|President|(?:[SE]?VP|Vice President)[^,.;:]{0,40}|General Counsel|Head of [A-Z][^,.;:]{0,40}))';

type Rule = { pattern: RegExp; read: (match: RegExpExecArray) => Omit<NewsClaim, 'company'> | null };

const RULES: readonly Rule[] = [
  {
    pattern: new RegExp(
      `${NAME} (?:raises|raised|secures|secured|closes|closed|lands|landed|bags|nabs|snags|announces|completes) (?:an? )?(?:[\\w-]+ ){0,3}?${AMOUNT}(.*)`,
    ),
    read: ([, , symbol = '', figure = '', unit = '', rest = '']) => funding(symbol, figure, unit, rest),
  },
  {
    pattern: new RegExp(`${NAME} (?:is |was |to be |has been )?(?:acquired|bought|taken over) by `),
    read: () => acquisition('was_acquired', 'is acquired'),
  },
  {
    pattern: new RegExp(
      `${NAME} (?:acquires|acquired|to acquire|buys|to buy|completes (?:its )?acquisition of|snaps up|takes over) `,
    ),
    read: () => acquisition('acquired', 'acquires another company'),
  },
  {
    pattern: new RegExp(
      `${NAME} (?:lays off|laid off|to lay off|cuts|to cut|slashes|axes|sheds|to eliminate|eliminates) (?:about |around |some |over |nearly |up to )?(?:(\\d{1,2}(?:\\.\\d+)?) ?(?:%|percent) of|(\\d{1,3}(?:,\\d{3})+|\\d+)) (?:its |the |of its )?(?:global )?(?:workforce|staff|jobs|employees|workers|people|positions|roles|headcount)`,
    ),
    read: ([, , share, people]) => layOffs(share, people),
  },
  {
    pattern: new RegExp(
      `${NAME} (?:appoints|appointed|names|named|hires|hired|promotes|taps|welcomes) .{2,80}? (?:as|to be|to) (?:its |the |a )?(?:new |first )?${ROLE}`,
    ),
    read: ([, , role = '']) => executive('executive_hire', role),
  },
  {
    pattern: new RegExp(
      `${NAME} ${ROLE}(?: [A-Z][\\w'’-]+){0,3} (?:steps down|to step down|resigns|departs|to depart|leaves|to leave|is out|exits)`,
    ),
    read: ([, , role = '']) => executive('leadership_change', role),
  },
  {
    pattern: new RegExp(
      `${NAME} (?:opens|to open|expands|to expand|launches|enters)(?: \\w+){0,5}? (?:in|into|to) (?:the )?([A-Z][\\w.’-]*(?: [A-Z][\\w.’-]*){0,2})`,
    ),
    read: ([, , place = '']) => expansion(place),
  },
];

/**
 * What a headline says of a company, by its verb; null where it says nothing to act on. Only the headline is read: articles mention
 * many companies, their titles one.
 */
export function readHeadline(title: string): NewsClaim | null {
  for (const { pattern, read } of RULES) {
    const match = pattern.exec(title);
    const claim = match === null ? null : read(match);
    if (match !== null && claim !== null)
      return {
        ...claim,
        company: (match[1] ?? '')
          .replace(/^[A-Z][\w’'-]*-(?:based|backed|owned|headquartered) /, '')
          .replace(/['’]s$/, ''),
      };
  }
  return null;
}

type Claim = Omit<NewsClaim, 'company'>;

const FACTORS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 };
const CURRENCIES: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP' };

/** Strength as of a Form D: 0.3 up to 100,000, 1 from 100 million, linear in the logarithm between. */
function funding(symbol: string, figure: string, unit: string, rest: string): Claim | null {
  const amount = Math.round(Number(figure.replace(',', '.')) * (FACTORS[unit.charAt(0).toLowerCase()] ?? 1));
  // Companies close deals and announce revenue, too.
  if (amount < 10_000 || /\b(?:revenue|profit|loss|deal|contract|lawsuit|fine|settlement)\b/i.test(rest))
    return null;
  const round = /\b(?:pre-)?seed\b|\bseries [a-k]\b/i.exec(rest)?.[0] ?? null;
  const currency = CURRENCIES[symbol] ?? '';
  const size = `${symbol}${amount.toLocaleString('en-US')}`;
  const strength = Math.min(1, Math.max(0.3, 0.3 + (0.7 * Math.log10(amount / 100_000)) / 3));
  return {
    kind: 'funding',
    strength: Math.round(strength * 1_000) / 1_000,
    told: `raises ${size}${round === null ? '' : ` (${round})`}`,
    facts: { [currency === 'USD' ? 'amountUsd' : 'amount']: amount, currency, round },
  };
}

const acquisition = (direction: 'acquired' | 'was_acquired', told: string): Claim => ({
  kind: 'acquisition',
  strength: 0.6,
  told,
  facts: { direction },
});

function layOffs(share: string | undefined, people: string | undefined): Claim {
  const workforcePercent = share === undefined ? null : Number(share);
  const count = people === undefined ? null : Number(people.replaceAll(',', ''));
  return {
    kind: 'budget_cut',
    strength: Math.min(1, 0.5 + (workforcePercent ?? 8) / 50),
    told: `cuts ${workforcePercent === null ? `${count?.toLocaleString('en-US')} jobs` : `${workforcePercent} % of its jobs`}`,
    facts: { workforcePercent, people: count },
  };
}

const executive = (kind: 'executive_hire' | 'leadership_change', role: string): Claim => ({
  kind,
  strength: /^(?:Chief|C\w{2,3}\b|President)/.test(role) ? 0.7 : 0.5,
  // Names of people stay in the quoted headline.
  told: kind === 'executive_hire' ? `appoints a new ${role.trim()}` : `: its ${role.trim()} leaves`,
  facts: { role: role.trim() },
});

function expansion(place: string): Claim | null {
  const country = countryCodeOf(place);
  return country === null
    ? null
    : { kind: 'expansion', strength: 0.5, told: `expands into ${place}`, facts: { country } };
}

const NAMES = new RegExp(NAME, 'g');
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
