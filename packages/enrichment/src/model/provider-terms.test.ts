import { expect, it } from 'vitest';

import { barredBecause, keepDays } from './provider-terms.ts';

it('bars a provider from people of a country, with the reason', () => {
  const terms = { barredCountries: ['DE', 'FR'], asksUnknownCountry: true };
  expect(barredBecause(terms, 'de')).toBe('this workspace does not ask it about people in DE');
  expect(barredBecause(terms, 'US')).toBeNull();
  expect(barredBecause(terms, null)).toBeNull();
  expect(barredBecause({ ...terms, asksUnknownCountry: false }, null)).toMatch('country is known');
  expect(barredBecause({ barredCountries: [], asksUnknownCountry: false }, null)).toBeNull();
});

it('keeps values for the shorter of both terms', () => {
  expect([keepDays(90, null), keepDays(null, 30), keepDays(90, 365), keepDays(null, null)]).toEqual([
    90,
    30,
    90,
    null,
  ]);
});
