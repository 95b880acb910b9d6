import { expect, it } from 'vitest';

import { barredBecause, keepDays } from './provider-terms.ts';

const ANY = { barredCountries: [], asksUnknownCountry: true, lawfulBasis: '', basisNeededIn: [] };

it('bars a provider from people of a country, with the reason', () => {
  const terms = { ...ANY, barredCountries: ['DE', 'FR'] };
  expect(barredBecause(terms, 'de')).toBe('this workspace does not ask it about people in DE');
  expect(barredBecause(terms, 'US')).toBeNull();
  expect(barredBecause(terms, null)).toBeNull();
  expect(barredBecause({ ...terms, asksUnknownCountry: false }, null)).toMatch('country is known');
  expect(barredBecause({ ...ANY, asksUnknownCountry: false }, null)).toBeNull();
});

it('passes over a provider without a lawful basis where one is needed', () => {
  const terms = { ...ANY, basisNeededIn: ['DE', 'FR'] };
  expect(barredBecause(terms, 'fr')).toBe('no lawful basis is recorded for asking it about people in FR');
  expect(barredBecause({ ...terms, lawfulBasis: 'consent' }, 'FR')).toBeNull();
  expect(barredBecause(terms, 'US')).toBeNull();
  expect(barredBecause(terms, null)).toBeNull();
  expect(barredBecause({ ...terms, asksUnknownCountry: false }, null)).toMatch('country is known');
});

it('keeps values for the shorter of both terms', () => {
  expect([keepDays(90, null), keepDays(null, 30), keepDays(90, 365), keepDays(null, null)]).toEqual([
    90,
    30,
    90,
    null,
  ]);
});
