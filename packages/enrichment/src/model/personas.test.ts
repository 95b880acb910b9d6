import { DEFAULT_TITLE_RULES } from '@penstock/accounts/model/default-title-rules';
import { expect, it } from 'vitest';

import type { FoundPerson } from '../provider-port.ts';
import { choosePersonas, inPositions, mostPerAccount, positionsOf, type Persona } from './personas.ts';

const person = (familyName: string, title: string | null): FoundPerson => ({
  vendorRef: null,
  givenName: 'Ana',
  familyName,
  title,
  linkedinUrl: null,
  email: null,
});
const persona = (titles: string[], more: Partial<Persona> = {}): Persona => ({
  name: titles[0] ?? '',
  titles,
  seniorities: [],
  most: 2,
  ...more,
});
const chosen = (people: FoundPerson[], personas: Persona[]) => {
  const { chosen: found, over, unfitting } = choosePersonas(people, personas, DEFAULT_TITLE_RULES);
  return { names: found.map(({ familyName }) => familyName), over, unfitting };
};

it('takes so many of each persona, and tells those beyond from those in other positions', () => {
  const people = [
    person('One', 'VP of Sales'),
    person('Two', 'VP Sales EMEA'),
    person('Three', 'VP Sales'),
    person('Four', 'Sales Manager'),
    person('Five', 'Gardener'),
  ];
  expect(chosen(people, [persona(['VP Sales']), persona(['Sales manager'], { most: 1 })])).toEqual({
    names: ['One', 'Two', 'Four'],
    over: 1,
    unfitting: 1,
  });
});

it('lets somebody take the place of another persona that they fit as well', () => {
  const both = [persona(['Sales'], { most: 1 }), persona(['VP Sales'], { most: 1 })];
  expect(chosen([person('One', 'VP Sales'), person('Two', 'VP Sales')], both).names).toEqual(['One', 'Two']);
});

it('asks for a rank where a persona does', () => {
  const chiefs = [persona(['Finance'], { seniorities: ['chief'] })];
  const people = [
    person('One', 'Chief Finance Officer'),
    person('Two', 'Finance Assistant'),
    person('Three', null),
  ];
  expect(chosen(people, chiefs)).toEqual({ names: ['One'], over: 0, unfitting: 2 });
  expect(chosen([person('Three', null)], [persona(['Finance'])]).names).toEqual(['Three']);
});

it('asks for each position once, and counts the people of a company', () => {
  const personas = [persona(['VP Sales', 'Head of Sales']), persona(['vp sales'], { most: 3 })];
  expect(positionsOf(personas)).toHaveLength(2);
  expect(mostPerAccount(personas)).toBe(5);
});

it('picks those in certain positions among everybody of a company; of whom no title is told is in none', () => {
  const people = [person('One', 'VP of Sales'), person('Two', 'Gardener'), person('Three', null)];
  expect(inPositions(people, ['VP Sales'], DEFAULT_TITLE_RULES).map(({ familyName }) => familyName)).toEqual([
    'One',
  ]);
});
