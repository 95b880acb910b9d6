import { expect, it } from 'vitest';

import { readPlace, readPlaces } from './place.ts';

it.each([
  ['Remote, Italy', null, 'IT'],
  ['Remote - US', null, 'US'],
  ['Remote (Germany)', null, 'DE'],
  ['New York, New York', 'New York', 'US'],
  ['San Francisco, CA', 'San Francisco', 'US'],
  ['Toronto, ON', 'Toronto', 'CA'],
  ['Vancouver, British Columbia, Canada', 'Vancouver', 'CA'],
  ['London, UK', 'London', 'GB'],
  ['London, England, United Kingdom', 'London', 'GB'],
  ['Seoul, South Korea', 'Seoul', 'KR'],
  ['Washington, D.C.', 'Washington', 'US'],
  ['Tbilisi, Georgia', 'Tbilisi', null],
  ['Europe', 'Europe', null],
  ['Remote', null, null],
  ['Germany', null, 'DE'],
  ['', null, null],
])('%s', (text, city, country) => {
  expect(readPlace(text)).toMatchObject({ city, country });
});

it('reads several places of one line', () => {
  expect(readPlaces('Berlin, Germany; Paris, France').map(({ country }) => country)).toEqual(['DE', 'FR']);
});
