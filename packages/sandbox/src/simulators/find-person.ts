import { personNameKey, plain, profileKey } from '../world/world.ts';
import type { World, WorldCompany, WorldPerson } from '../world/world.ts';

export type Asked = {
  email?: string | null;
  linkedinUrl?: string | null;
  givenName?: string | null;
  familyName?: string | null;
  /** Domain, website or name. */
  company?: string | null;
};

export type Found = { person: WorldPerson; company: WorldCompany; by: 'email' | 'profile' | 'name' };

/** The person of the world that a call is about; null for anybody else. */
export function findPerson(world: World, asked: Asked): Found | null {
  const byEmail = asked.email ? world.personByEmail.get(asked.email.toLowerCase()) : undefined;
  if (byEmail) return found(world, byEmail, 'email');
  const byProfile = asked.linkedinUrl ? world.personByLinkedin.get(profileKey(asked.linkedinUrl)) : undefined;
  if (byProfile) return found(world, byProfile, 'profile');
  const company = asked.company ? findCompany(world, asked.company) : undefined;
  if (!company || !asked.givenName || !asked.familyName) return null;
  const byName = world.personByName.get(personNameKey(asked.givenName, asked.familyName, company.domain));
  return byName ? found(world, byName, 'name') : null;
}

/** A company by domain, website or name. */
export function findCompany(world: World, text: string): WorldCompany | undefined {
  const host =
    text
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/^www\./, '')
      .split('/')[0] ?? '';
  return (
    world.companyByDomain.get(host) ?? world.companies.find((company) => plain(company.name) === plain(text))
  );
}

function found(world: World, person: WorldPerson, by: Found['by']): Found | null {
  const company = world.companyByKey.get(person.companyKey);
  return company ? { person, company, by } : null;
}

/** Vendors' size classes. */
export function sizeRange(employees: number): string {
  const bounds = [10, 50, 200, 500, 1_000, 5_000, 10_000];
  const at = bounds.findIndex((bound) => employees <= bound);
  if (at === -1) return '10001+';
  return `${(bounds[at - 1] ?? 0) + 1}-${bounds[at] ?? ''}`;
}
