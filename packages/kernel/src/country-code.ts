/** Names that differ from those of the Unicode tables, lower case. */
const ALIASES: Record<string, string> = {
  usa: 'US',
  'u.s.': 'US',
  'u.s.a.': 'US',
  'united states of america': 'US',
  'the united states': 'US',
  america: 'US',
  uk: 'GB',
  'u.k.': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  'great britain': 'GB',
  holland: 'NL',
  'the netherlands': 'NL',
  korea: 'KR',
  'republic of korea': 'KR',
  uae: 'AE',
  turkey: 'TR',
  turkiye: 'TR',
  'czech republic': 'CZ',
  'hong kong': 'HK',
  'hong kong sar': 'HK',
  'viet nam': 'VN',
  'south korea': 'KR',
  'united states (usa)': 'US',
  'united kingdom of great britain and northern ireland': 'GB',
  'russian federation': 'RU',
  deutschland: 'DE',
  österreich: 'AT',
  schweiz: 'CH',
  españa: 'ES',
  italia: 'IT',
  brasil: 'BR',
  méxico: 'MX',
  belgique: 'BE',
  belgië: 'BE',
  nederland: 'NL',
  danmark: 'DK',
  sverige: 'SE',
  norge: 'NO',
  suomi: 'FI',
  polska: 'PL',
};

const NO_COUNTRY: ReadonlySet<string> = new Set([
  'EU',
  'EZ',
  'UN',
  'QO',
  'XA',
  'XB',
  'ZZ',
  'AC',
  'CP',
  'DG',
  'EA',
  'IC',
  'TA',
]);

const NAMES: ReadonlyMap<string, string> = buildNames();

function buildNames(): ReadonlyMap<string, string> {
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const names = new Map<string, string>(Object.entries(ALIASES));
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = english.of(code);
    // Codes that were replaced (`DD`, `SU`) and the Union are no countries of today.
    if (name && !NO_COUNTRY.has(code) && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`)
      names.set(name.toLowerCase(), code);
  }
  return names;
}

const CODES: ReadonlySet<string> = new Set(NAMES.values());

/** ISO 3166-1 alpha-2 of a country's English (or own) name or code; null for what is none, such as `Europe`. */
export function countryCodeOf(text: string): string | null {
  const plain = text.trim().toLowerCase();
  const named = NAMES.get(plain) ?? NAMES.get(plain.replace(/^the /, ''));
  if (named !== undefined) return named;
  const code = plain.toUpperCase();
  return CODES.has(code) ? code : null;
}

/** Names that headlines use and the Unicode tables don't, by language, lower case. */
const ALIASES_IN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  de: { großbritannien: 'GB', england: 'GB', tschechien: 'CZ' },
  fr: { 'grande-bretagne': 'GB', angleterre: 'GB', 'etats-unis': 'US' },
  es: { 'gran bretaña': 'GB', inglaterra: 'GB', 'ee. uu.': 'US', 'ee.uu.': 'US', eeuu: 'US' },
  nl: { vs: 'US', 'groot-brittannië': 'GB', engeland: 'GB', tsjechië: 'CZ' },
};
const byLanguage = new Map<string, ReadonlyMap<string, string>>();

/** ISO 3166-1 alpha-2 of a country's name in a language (ISO 639), as it stands after the preposition; null for what is none. */
export function countryCodeIn(language: string, text: string): string | null {
  let names = byLanguage.get(language);
  if (!names) {
    const own = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    names = new Map([
      ...[...CODES].flatMap((code) => {
        const name = own.of(code);
        return name ? [[name.toLowerCase(), code] as const] : [];
      }),
      ...Object.entries(ALIASES_IN[language] ?? {}),
    ]);
    byLanguage.set(language, names);
  }
  const plain = text.trim().toLowerCase().replaceAll('’', "'");
  return names.get(plain) ?? NAMES.get(plain) ?? null;
}

/** Languages in which forms and files name countries besides English. */
const LANGUAGES = ['de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'sv', 'da'];

/** ISO 3166-1 alpha-2 of a country's name in English or a language of Europe, or its code; null for what is none. */
export function countryCodeInAny(text: string): string | null {
  const known = countryCodeOf(text);
  if (known !== null || text.trim() === '') return known;
  for (const language of LANGUAGES) {
    const code = countryCodeIn(language, text);
    if (code !== null) return code;
  }
  return null;
}
