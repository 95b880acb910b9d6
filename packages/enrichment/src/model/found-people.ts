import type { FoundPerson } from '../provider-port.ts';

export type FoundRow = { given_name: string; family_name: string } & Partial<
  Record<'title' | 'linkedin_url' | 'email', string>
>;
export type Sorted = {
  rows: FoundRow[];
  /** People whose family name the vendor keeps back until it is paid: nobody else could be asked about them. */
  hidden: number;
  /** Named twice in one answer. */
  repeated: number;
  /** Beyond the most that were wanted. */
  over: number;
};

const nameOf = (person: FoundPerson): string =>
  `${person.givenName} ${person.familyName ?? ''}`.trim().toLowerCase();

/** People of an answer as rows of a list, at most so many; whoever is named without a family name is left out. */
export function sortFound(people: readonly FoundPerson[], most: number): Sorted {
  const named = people.filter(({ familyName }) => familyName !== null && familyName.trim() !== '');
  const byName = new Map(
    named.map((person) => [person.email ?? nameOf(person), person] as const).toReversed(),
  );
  const distinct = named.filter((person) => byName.get(person.email ?? nameOf(person)) === person);
  return {
    rows: distinct.slice(0, most).map(({ givenName, familyName, title, linkedinUrl, email }) => ({
      given_name: givenName,
      family_name: familyName ?? '',
      ...(title && { title }),
      ...(linkedinUrl && { linkedin_url: linkedinUrl }),
      ...(email && { email }),
    })),
    hidden: people.length - named.length,
    repeated: named.length - distinct.length,
    over: Math.max(0, distinct.length - most),
  };
}
