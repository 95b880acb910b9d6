import { expect, it } from 'vitest';

import { reasonsInWords, valueInWords } from './duplicate-words.ts';

it('tells why two records may be one, and what speaks against it', () => {
  expect(reasonsInWords(['same_name', 'same_town', 'other_domain'])).toBe(
    'Same name, same town, but another domain',
  );
  expect(reasonsInWords([])).toBe('Chosen by hand');
});

it('shows values as people read them', () => {
  expect(valueInWords('country', 'DE')).toBe('Germany');
  expect(valueInWords('doNotCall', true)).toBe('Yes');
  expect(valueInWords('city', null)).toBe('–');
});
