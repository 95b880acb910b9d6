/** Personas (R013): whom to look for at a company, and how many of each. */

import type { Seniority } from '@penstock/accounts/model/buying-role';
import { readTitle, type TitleRules } from '@penstock/accounts/model/title-rules';

import type { FoundPerson } from '../provider-port.ts';

export type Persona = {
  name: string;
  /** Positions in words. */
  titles: string[];
  /** Of these ranks only; empty: of any. */
  seniorities: Seniority[];
  /** People at each company. */
  most: number;
};

export type ChosenPeople = {
  chosen: FoundPerson[];
  /** In the wanted positions, beyond the most of their persona. */
  over: number;
  /** Named by the vendor, and in none of the positions. */
  unfitting: number;
};

/** People of an answer by persona: each counts for the first persona that they fit and that has room. */
export function choosePersonas(
  people: readonly FoundPerson[],
  personas: readonly Persona[],
  rules: TitleRules,
): ChosenPeople {
  const taken = personas.map(() => 0);
  const chosen: FoundPerson[] = [];
  let over = 0;
  let unfitting = 0;
  for (const person of people) {
    const fitting = personas.flatMap((persona, at) => (fits(persona, person, rules) ? [at] : []));
    const free = fitting.find((at) => (taken[at] ?? 0) < (personas[at]?.most ?? 0));
    if (free !== undefined) {
      taken[free] = (taken[free] ?? 0) + 1;
      chosen.push(person);
    } else if (fitting.length > 0) over += 1;
    else unfitting += 1;
  }
  return { chosen, over, unfitting };
}

/** Of people whom a vendor names whatever they do, those in certain positions. */
export const inPositions = (
  people: readonly FoundPerson[],
  titles: readonly string[],
  rules: TitleRules,
): FoundPerson[] => {
  const persona: Persona = { name: '', titles: [...titles], seniorities: [], most: people.length };
  return choosePersonas(
    people.filter(({ title }) => title),
    [persona],
    rules,
  ).chosen;
};

function fits({ titles, seniorities }: Persona, { title }: FoundPerson, rules: TitleRules): boolean {
  // Whom the vendor names without a title it found by the positions that it was asked for.
  if (!title) return seniorities.length === 0;
  const read = readTitle(title, rules);
  if (seniorities.length > 0 && (read.seniority === null || !seniorities.includes(read.seniority)))
    return false;
  const words = new Set(wordsOf(title));
  return titles.some((wanted) => {
    if (wordsOf(wanted).every((word) => words.has(word))) return true;
    const meant = readTitle(wanted, rules);
    return meant.role !== null && meant.role === read.role && meant.seniority === read.seniority;
  });
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'of');

/** Each position once, as a vendor is asked for them. */
export const positionsOf = (personas: readonly Persona[]): string[] => [
  ...new Map(personas.flatMap(({ titles }) => titles).map((title) => [title.toLowerCase(), title])).values(),
];

/** People of one company at most. */
export const mostPerAccount = (personas: readonly Persona[]): number =>
  personas.reduce((sum, { most }) => sum + most, 0);
