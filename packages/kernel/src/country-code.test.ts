import { expect, it } from 'vitest';

import { countryCodeIn, countryCodeInAny, countryCodeOf } from './country-code.ts';

it.each([
  ['Germany', 'DE'],
  ['deutschland', 'DE'],
  ['USA', 'US'],
  ['U.S.', 'US'],
  ['The Netherlands', 'NL'],
  ['de', 'DE'],
  ['Turkey', 'TR'],
  ['South Korea', 'KR'],
  ['Czech Republic', 'CZ'],
  ['Russian Federation', 'RU'],
])('%s is %s in English or by its own name or code', (text, code) => {
  expect(countryCodeOf(text)).toBe(code);
});

it.each(['', ' ', 'Europe', 'EU', 'ZZ', 'SU', 'Bavaria', 'constructor'])('%j is no country', (text) => {
  expect([countryCodeOf(text), countryCodeInAny(text)]).toEqual([null, null]);
});

it.each([
  ['Vereinigte Staaten', 'US'],
  ['Allemagne', 'DE'],
  ['Alemania', 'DE'],
  ['Germania', 'DE'],
  ['Duitsland', 'DE'],
  ['Stati Uniti', 'US'],
  ['United Kingdom', 'GB'],
])('%s is %s in the languages of forms and files', (text, code) => {
  expect(countryCodeInAny(text)).toBe(code);
});

it('reads a name in the language that is said', () => {
  expect([countryCodeIn('de', 'Großbritannien'), countryCodeIn('fr', 'Allemagne')]).toEqual(['GB', 'DE']);
});
