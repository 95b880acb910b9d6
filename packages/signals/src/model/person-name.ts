const SUFFIX = /^(?:jr|sr|ii|iii|iv|phd|md|cpa|esq)$/;

/**
 * First given name and surname of a name as published, for comparing: `Jane A. Roe, Jr.` and `Jané Roe` are `jane roe`. Null where
 * there are not both.
 */
export function plainName(name: string): string | null {
  const words = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[.'’]/g, '')
    .split(/[^\p{L}-]+/u)
    .filter((word) => word !== '' && !SUFFIX.test(word));
  const [first] = words;
  const last = words.at(-1);
  return first === undefined || last === undefined || words.length < 2 ? null : `${first} ${last}`;
}
