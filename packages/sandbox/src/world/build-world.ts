import { buildCompanies } from './companies.ts';
import { buildPeople } from './people.ts';
import { personNameKey, profileKey } from './world.ts';
import type { World } from './world.ts';

/** The whole invented world, the same every time: 400 companies, 4,000 people. Pure; takes a few milliseconds. */
export function buildWorld(): World {
  const companies = buildCompanies();
  const people = buildPeople(companies);
  const companyByKey = new Map(companies.map((company) => [company.key, company]));
  const domainOf = (companyKey: string): string => companyByKey.get(companyKey)?.domain ?? '';
  return {
    companies,
    people,
    companyByKey,
    companyByDomain: new Map(companies.map((company) => [company.domain, company])),
    personByEmail: new Map(people.map((person) => [person.email, person])),
    personByLinkedin: new Map(people.map((person) => [profileKey(person.linkedinUrl), person])),
    personByName: new Map(
      people.map((person) => [
        personNameKey(person.givenName, person.familyName, domainOf(person.companyKey)),
        person,
      ]),
    ),
  };
}
