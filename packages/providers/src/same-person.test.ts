import { expect, it } from 'vitest';

import { isSamePerson } from './same-person.ts';

const person = (name: string) => {
  const [givenName = '', familyName = ''] = name.split('/');
  return { givenName, familyName };
};
const same = (asked: string, replied: string) => [
  isSamePerson(person(asked), person(replied)),
  isSamePerson(person(replied), person(asked)),
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

it('is settled by the address or the profile that was asked for', () => {
  const asked = {
    ...person('Ana/Novak'),
    email: 'ana@acme.example',
    linkedinUrl: 'https://www.linkedin.com/in/ana/',
  };
  const other = person('Eva/Kovac');
  expect(isSamePerson(asked, { ...other, emails: ['ANA@acme.example'] })).toBe(true);
  expect(isSamePerson(asked, { ...other, linkedinUrl: 'linkedin.com/in/ana' })).toBe(true);
  expect(isSamePerson(asked, { ...other, emails: ['eva@acme.example'] })).toBe(false);
});
