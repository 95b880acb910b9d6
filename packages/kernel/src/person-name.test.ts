import { expect, it } from 'vitest';

import { areAsGoodAsOne, mayBeOne, splitName } from './person-name.ts';

const person = (name: string) => {
  const [givenName = '', familyName = ''] = name.split('/');
  return { givenName, familyName };
};
const same = (asked: string, replied: string) => [
  mayBeOne(person(asked), person(replied)),
  mayBeOne(person(replied), person(asked)),
];

it.each([
  ['Ana/Novak', 'ANA/NOVAK'],
  ['Jürgen/Müller', 'Juergen/Mueller'],
  ['Jürgen/Müller', 'Jurgen/Muller'],
  ['Franz/Strauß', 'Franz/Strauss'],
  ['Søren/Ødegård', 'Soren/Odegard'],
  ['Łukasz/Wałęsa', 'Lukasz/Walesa'],
  ['Sean/O’Brien', 'Sean/OBrien'],
  ["Sean/O'Brien", 'Sean/O Brien'],
  ['Ian/MacDonald', 'Ian/Mac Donald'],
  ['Piet/van den Berg', 'Piet/Vandenberg'],
  ['Piet/van den Berg', 'Piet/Berg'],
  ['Maria/García Márquez', 'Maria/Garcia'],
  ['Ana/Meyer-Schmidt', 'Ana/Schmidt'],
  ['Bob/Stone', 'Robert/Stone'],
  ['Jim/Stone', 'James/Stone'],
  ['Tom/Stone', 'Thomas/Stone'],
  ['Ben Joseph/Stone', 'Benjamin/Stone'],
  ['E. James/Stone', 'Edward/Stone'],
  ['J./Stone', 'Jane/Stone'],
  ['JP/Martin', 'Jean-Pierre/Martin'],
  ['Dr. Anna/Berg', 'Anna/Berg'],
  ['Wei/Zhang', 'Zhang/Wei'],
  ['John/Smith Jr.', 'John/Smith'],
  ['Ana/', 'Ana/Novak'],
  ['Ivan/Петров', 'Ivan/Петров'],
])('%s may be %s', (asked, replied) => {
  expect(same(asked, replied)).toEqual([true, true]);
});

it.each([
  ['Ana/Novak', 'Ana/Kovac'],
  ['Maria/de la Cruz', 'Maria/de la Rosa'],
  ['Jan/van Dijk', 'Jan/van Leeuwen'],
  ['John/Smith Jr.', 'John/Jones Jr.'],
  ['Omar/Al-Hassan', 'Omar/Al-Farsi'],
  ['Dr. Anna/Berg', 'Dr. Peter/Berg'],
  ['Robert/Stone', 'William/Stone'],
  ['Constructor/Stone', 'Peter/Stone'],
  ['Wei/Zhang', 'Zhang/Li'],
])('%s is not %s', (asked, replied) => {
  expect(same(asked, replied)).toEqual([false, false]);
});

it.each([
  ['Bob Stone', 'Robert W. Stone, Jr.', true],
  ['Jane Roe', 'Jane A. Roe', true],
  ['Jané Roe', 'Jane Roe, CPA', true],
  ['Max Huber', 'Maximilian Huber', true],
  ['Mary-Ann O’Neill', 'Mary-Ann ONeill Ph.D.', true],
  ['Søren Ødegård', 'Soren Odegard', true],
  ['Piet van den Berg', 'Piet van den Berg', true],
  ['Mark Stone', 'Maria Stone', false],
  ['R. Stone', 'Robert Stone', false],
  ['Bob Stone', 'Robert Stein', false],
  ['Maria de la Cruz', 'Maria de la Rosa', false],
])('%s and %s are as good as one: %s', (left, right, areOne) => {
  const [a, b] = [splitName(left), splitName(right)];
  expect(a && b && [areAsGoodAsOne(a, b), areAsGoodAsOne(b, a)]).toEqual([areOne, areOne]);
});

it.each(['Roe', 'Dr. Roe', '', ' , ', 'Jr.'])('%j has no given and family name', (name) => {
  expect(splitName(name)).toBeNull();
});

it('nobody is as good as somebody', () => {
  expect(areAsGoodAsOne({ givenName: '', familyName: 'Roe' }, { givenName: 'Jane', familyName: 'Roe' })).toBe(
    false,
  );
});
