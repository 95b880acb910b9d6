import { expect, it } from 'vitest';

import { guessTargetColumns, missingTargetColumns, namesTargetColumns, readTarget } from './target-row.ts';

it.each([
  [{ domain: 'https://www.Acme.co.uk/about' }, { name: 'acme.co.uk', domain: 'acme.co.uk', country: null }],
  [
    { company: ' Quay   Inc ', domain: 'quay.example', country: 'us' },
    { name: 'Quay Inc', domain: 'quay.example', country: 'US' },
  ],
  [
    { company: 'Quay Inc', country: 'Germany' },
    { name: 'Quay Inc', domain: null, country: null },
  ],
])('reads %j', (row, target) => {
  expect(readTarget(row)).toEqual({ target });
});

it.each([
  [{}, 'names no company: neither a web address nor a name'],
  [{ domain: 'not a host' }, '"not a host" is not a web address'],
  [{ company: '???' }, '"???" is not the name of a company'],
  [{ company: 'x'.repeat(301) }, 'company is longer than 300 characters'],
])('says why %j is left out', (row, reason) => {
  expect(readTarget(row)).toEqual({ reason });
});

it('tells names of columns from a first company', () => {
  expect(namesTargetColumns(['Company', 'Website'])).toBe(true);
  expect(namesTargetColumns(['Name'])).toBe(true);
  expect(namesTargetColumns(['acme.example'])).toBe(false);
  expect(namesTargetColumns(['Acme Ltd'])).toBe(false);
});

it('guesses what columns hold by their names, else by what stands in them', () => {
  expect(guessTargetColumns(['Account Name', 'Website', 'Land', 'Notes'], [])).toEqual([
    'company',
    'domain',
    'country',
    null,
  ]);
  expect(guessTargetColumns(['Name', 'Company'], [])).toEqual(['company', null]);
  expect(guessTargetColumns(['Column 1', 'Column 2'], [['Acme', 'acme.example']])).toEqual([null, 'domain']);
  expect(guessTargetColumns(['Column 1'], [['Acme']])).toEqual(['company']);
  expect(missingTargetColumns(guessTargetColumns(['Column 1', 'Column 2'], [['a', 'b']]))).not.toBeNull();
});
