import { countryCodeIn } from '@penstock/kernel/country-code';
import type { NewsClaim } from '@penstock/signals/source-port';

import { acquisition, executive, expansion, funding, layOffs, type Claim } from './headline-claims.ts';

/** How headlines of a language other than English say what counts. */
export type HeadlineLanguage = {
  /** ISO 639. */
  code: string;
  /** Stands before a company's name and is no part of it: articles, and what sort of company it is. */
  before: RegExp;
  /** Denied, doubted, supposed or only wished: such a headline tells nothing. */
  doubted: RegExp;
  /** Money that is no round. */
  otherMoney: RegExp;
  /**
   * Sentences of each kind, `<name>` for the company, `<money>`, `<count>` (of people, or a share), `<role>` and `<place>` for what they
   * stand for, `<they>` for another company, `<rest>` for anything up to eighty letters.
   */
  funding: readonly string[];
  acquires: readonly string[];
  acquired: readonly string[];
  layOffs: readonly string[];
  hires: readonly string[];
  leaves: readonly string[];
  expands: readonly string[];
  /** Offices as this language calls them, each with how it is told. */
  roles: readonly (readonly [source: string, told: string])[];
};

const WORD = "[\\p{Lu}\\d][\\p{L}\\d&.'’+-]*";
const NAMED = `${WORD}(?: (?:&|${WORD})){0,4}`;
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:mrd|milliarden?|milliards?|miljard|mil millones)/i, 1e9],
  [/^(?:m$|m |mio|million|millón|millones|miljoen)/i, 1e6],
  [/^(?:tsd|tausend|mille|mil|duizend|k)/i, 1e3],
];
const UNIT =
  '(?:Mrd\\.?|Milliarden?|milliards?|miljard|mil millones|Mio\\.?|Millionen|Million|millions?|millón|millones|miljoen|Tsd\\.?|Tausend|mille|mil|duizend|[MmKk](?![\\p{L}]))';
const CURRENCY =
  '(?:€|\\$|£|[Ee]uros?|EUR|US-Dollar|[Dd]ollars?|dólares|USD|Pfund|livres|libras|pond|GBP|Franken|francs|CHF)';
const MONEY = `(?:(?<sign>[€$£]) ?)?(?<figure>\\d{1,3}(?:\\.\\d{3})+|\\d+(?:[.,]\\d+)?) ?(?<unit>${UNIT})? ?(?:d['’]|de )?(?<currency>${CURRENCY})?`;
const COUNT = `(?:(?<share>\\d{1,2}(?:[.,]\\d+)?) ?(?:%|Prozent|pour cent|por ciento|procent)|(?<people>\\d{1,3}(?:[.  ]\\d{3})+|\\d+))`;

type Parts = Readonly<Record<string, string | undefined>>;
type Rule = { pattern: RegExp; read: (parts: Parts, title: string) => Claim | null };
const prepared = new WeakMap<HeadlineLanguage, readonly Rule[]>();

/** What a headline of that language says; null where it says nothing to act on. */
export function readIn(language: HeadlineLanguage, title: string): NewsClaim | null {
  for (const { pattern, read } of rulesOf(language)) {
    const parts = pattern.exec(title)?.groups;
    if (parts === undefined || language.doubted.test(title)) continue;
    const company = (parts['name'] ?? '').replace(language.before, '').replace(/-$/, '');
    const claim = company === '' ? null : read(parts, title);
    if (claim !== null) return { ...claim, company };
  }
  return null;
}

function rulesOf(language: HeadlineLanguage): readonly Rule[] {
  const known = prepared.get(language);
  if (known) return known;
  const roles = language.roles.map(([source]) => source).join('|');
  const rules = (sentences: readonly string[], read: Rule['read']): Rule[] =>
    sentences.map((sentence) => ({ pattern: patternOf(sentence, roles), read }));
  const made = [
    ...rules(language.funding, (parts, title) => moneyIn(language, parts, title)),
    ...rules(language.acquires, () => acquisition('acquired', 'acquires another company')),
    ...rules(language.acquired, () => acquisition('was_acquired', 'is acquired')),
    ...rules(language.layOffs, ({ share, people }) =>
      layOffs(
        share === undefined ? null : Number(share.replace(',', '.')),
        people === undefined ? null : Number(people.replaceAll(/\D/g, '')),
      ),
    ),
    ...rules(language.hires, ({ role }) => executive('executive_hire', toldRole(language, role))),
    ...rules(language.leaves, ({ role }) => executive('leadership_change', toldRole(language, role))),
    ...rules(language.expands, ({ place = '' }) => placeIn(language.code, place)),
  ];
  prepared.set(language, made);
  return made;
}

/** A sentence as a pattern; spaces as they stand, names bounded by what is no letter. */
function patternOf(sentence: string, roles: string): RegExp {
  const source = sentence
    .replaceAll('<name>', `(?<![\\p{L}\\d])(?<name>${NAMED})`)
    .replaceAll('<they>', `(?:${WORD})`)
    .replaceAll('<money>', MONEY)
    .replaceAll('<count>', COUNT)
    .replaceAll('<role>', `(?<role>${roles})(?![\\p{L}])`)
    .replaceAll('<place>', `(?<place>${WORD}(?: ${WORD}){0,2})`)
    .replaceAll('<rest>', '.{2,80}?');
  return new RegExp(`${source}(?![\\p{L}\\d])`, 'u');
}

const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/^(?:€|eur)/i, 'EUR'],
  [/^(?:\$|us|d)/i, 'USD'],
  [/^(?:£|p|l|gbp)/i, 'GBP'],
  [/^(?:f|chf)/i, 'CHF'],
];

function moneyIn(
  { otherMoney }: HeadlineLanguage,
  { sign, figure = '', unit = '', currency }: Parts,
  title: string,
): Claim | null {
  const said = sign ?? currency;
  const after = title.slice(title.indexOf(figure));
  if (said === undefined || otherMoney.test(after)) return null;
  const factor = UNITS.find(([pattern]) => pattern.test(unit))?.[1] ?? 1;
  const isGrouped = /^\d{1,3}(?:\.\d{3})+$/.test(figure);
  const value = Number(isGrouped ? figure.replaceAll('.', '') : figure.replace(',', '.'));
  const code = CURRENCIES.find(([pattern]) => pattern.test(said))?.[1] ?? '';
  return funding(Math.round(value * factor), code, after);
}

const toldRole = ({ roles }: HeadlineLanguage, said = ''): string =>
  roles.find(([source]) => new RegExp(`^(?:${source})$`, 'u').test(said))?.[1] ?? said;

/** The longest beginning that is a country's name. */
function placeIn(code: string, place: string): Claim | null {
  const words = place.split(' ');
  for (let count = words.length; count > 0; count -= 1) {
    const country = countryCodeIn(code, words.slice(0, count).join(' '));
    if (country !== null) return expansion(countryName(country), country);
  }
  return null;
}

const ENGLISH = new Intl.DisplayNames(['en'], { type: 'region' });
const countryName = (code: string): string => ENGLISH.of(code) ?? code;
