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

const STATES = new Set(
  `AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR`.split(
    ' ',
  ),
);
const STATE_NAMES = new Set(
  `alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|district of columbia|d.c.|florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming`.split(
    '|',
  ),
);
const PROVINCES = new Set('AB BC MB NB NL NS NT NU ON PE QC SK YT'.split(' '));
const PROVINCE_NAMES = new Set(
  `alberta|british columbia|manitoba|new brunswick|newfoundland and labrador|nova scotia|ontario|prince edward island|quebec|québec|saskatchewan`.split(
    '|',
  ),
);

export const isUnitedStatesRegion = (text: string): boolean =>
  STATES.has(text) || STATE_NAMES.has(text.toLowerCase());

export const isCanadianProvince = (text: string): boolean =>
  PROVINCES.has(text) || PROVINCE_NAMES.has(text.toLowerCase());
