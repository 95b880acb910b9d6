import type { QueryInput } from '../../api/procedures.ts';

/** Part of the accounts, as it stands in the address: `list:<id>`, `size:50-199`, `country:DE`. */
type Asked = Pick<QueryInput<'signals.list'>, 'listId' | 'size' | 'country'>;
type Size = NonNullable<Asked['size']>;

export const segmentValue = (by: 'list' | 'size' | 'country', value: string): string => `${by}:${value}`;

const BANDS: readonly [Size, string][] = [
  ['1-49', 'Up to 49 employees'],
  ['50-199', '50 to 199 employees'],
  ['200-999', '200 to 999 employees'],
  ['1000+', '1,000 employees or more'],
];
export const SIZES = BANDS.map(([band, label]) => ({ value: segmentValue('size', band), label }));

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
/** Of the Unicode tables, and no countries. */
const NO_COUNTRY: ReadonlySet<string> = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);

/** Every country that the browser has a name for; codes of countries that are no more stand for their successors, and are left out. */
function countries(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
    .filter((code) => !NO_COUNTRY.has(code) && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`)
    .flatMap((code) => {
      const label = names.of(code);
      return label === undefined ? [] : [{ value: segmentValue('country', code), label }];
    })
    .toSorted((a, b) => a.label.localeCompare(b.label));
}
export const COUNTRIES = countries();

/** What is asked for a segment; nothing for one that says nothing. */
export function askedOf(segment: string | undefined): Asked {
  const [by, value = ''] = (segment ?? '').split(':');
  if (by === 'list' && /^[\da-f-]{36}$/.test(value)) return { listId: value };
  if (by === 'country' && /^[A-Z]{2}$/.test(value)) return { country: value };
  const size = by === 'size' ? BANDS.find(([band]) => band === value)?.[0] : undefined;
  return size === undefined ? {} : { size };
}
