import { countryCodeOf } from '@penstock/kernel/country-code';
import type { Place } from '@penstock/signals/board-port';

import { isCanadianProvince, isUnitedStatesRegion } from './states.ts';

const REMOTE = /^(fully |100% )?(remote|hybrid|anywhere|distributed|home ?office|work from home|on-?site)$/i;

/**
 * Reads a place as boards word it: `Remote, Italy`, `New York, New York`, `London, UK`, `Bangalore, India`. After a town, two letters
 * are a state (`San Francisco, CA`), also where a country has the same.
 */
export function readPlace(text: string): Place {
  const parts = text
    .split(/\s*,\s*|\s+[-–—|/]\s+|\s*[()]\s*/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const named = parts.filter((part) => !REMOTE.test(part.replace(/^remote\b[\s:-]*(?=$)/i, 'remote')));
  const stripped = named.map((part) => part.replace(/^remote\s*(?:in|within|from|[:–-])?\s+/i, ''));
  const [first = null] = stripped;
  const last = stripped.at(-1) ?? '';
  const base = { text: text.trim(), city: null, region: null, country: null };
  if (stripped.length === 0) return base;
  if (stripped.length > 1) {
    // A state of the United States and a country of its own: nobody knows without knowing the town.
    if (last === 'Georgia') return { ...base, city: first, region: last };
    if (isUnitedStatesRegion(last)) return { ...base, city: first, region: last, country: 'US' };
    if (isCanadianProvince(last)) return { ...base, city: first, region: last, country: 'CA' };
  }
  const country = countryCodeOf(last);
  if (country === null) {
    const region = stripped.length === 1 && last.length > 2 && isUnitedStatesRegion(last);
    if (region) return { ...base, region: last, country: 'US' };
    return { ...base, city: first };
  }
  if (stripped.length === 1) return { ...base, country };
  return { ...base, city: first, region: stripped.length > 2 ? (stripped[1] ?? null) : null, country };
}

/** Several places in one line: `Berlin; Munich`, `Remote - US | Remote - Canada`. */
export function readPlaces(text: string | null | undefined): Place[] {
  return (text ?? '')
    .split(/\s*[;|•]\s*|\s+or\s+/)
    .filter((part) => part.trim() !== '')
    .map(readPlace);
}

/** From a board's own fields. Null or empty fields are not told. */
export function placeOf(fields: {
  city?: string | null | undefined;
  region?: string | null | undefined;
  country?: string | null | undefined;
  text?: string | null | undefined;
}): Place {
  const told = (value: string | null | undefined): string | null => value?.trim() || null;
  const city = told(fields.city);
  const region = told(fields.region);
  const country = told(fields.country);
  const text = told(fields.text) ?? [city, region, country].filter((part) => part !== null).join(', ');
  return { text, city, region, country: country === null ? null : countryCodeOf(country) };
}

/** Each place once. */
export function distinctPlaces(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [place.text.toLowerCase(), place])).values()].filter(
    (place) => place.text !== '',
  );
}
