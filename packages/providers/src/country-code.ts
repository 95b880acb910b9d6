const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');

/** Names that vendors use besides those of the Unicode tables, lower case. */
const ALSO: Readonly<Record<string, string>> = {
  usa: 'US',
  'united states of america': 'US',
  uk: 'GB',
  'great britain': 'GB',
  'south korea': 'KR',
  'czech republic': 'CZ',
  turkey: 'TR',
};

let byName: ReadonlyMap<string, string> | undefined;

function names(): ReadonlyMap<string, string> {
  const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const known = LETTERS.flatMap((first) =>
    LETTERS.flatMap((second): [string, string][] => {
      const code = `${first}${second}`;
      // What is no country of its own is told by its old code too.
      const name = new Intl.Locale(`und-${code}`).region === code ? regions.of(code) : undefined;
      return name === undefined ? [] : [[name.toLowerCase(), code]];
    }),
  );
  return new Map([...known, ...Object.entries(ALSO)]);
}

/** ISO code of a country by its English name or its code; null for anything else. */
export function countryCode(text: string): string | null {
  const said = text.trim();
  if (/^[A-Z]{2}$/.test(said)) return said;
  byName ??= names();
  return byName.get(said.toLowerCase()) ?? null;
}
