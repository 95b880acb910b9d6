import { createPhoneBook } from './phone-numbers.ts';
import type { PhoneBook } from './phone-numbers.ts';
import { randomOf } from './random.ts';
import type { Random } from './random.ts';
import { FAMILY, GIVEN, ROLES } from './words.ts';
import { personNameKey, plain } from './world.ts';
import type { Seniority, WorldCompany, WorldPerson } from './world.ts';

export const PEOPLE_PER_COMPANY = 10;

/** Ten people a company, names unique within it. */
export function buildPeople(companies: readonly WorldCompany[]): WorldPerson[] {
  const phoneBook = createPhoneBook(randomOf('phones'));
  const people: WorldPerson[] = [];
  const names = new Set<string>();
  for (const company of companies) {
    const random = randomOf(`people/${company.key}`);
    const format = random.pick(['first.last', 'flast', 'first_last'] as const);
    for (let at = 0; at < PEOPLE_PER_COMPANY; at += 1) {
      const name = uniqueName(random, company, names);
      people.push(personOf({ company, index: people.length, rank: at, random, phoneBook, format, ...name }));
    }
  }
  return people;
}

function uniqueName(
  random: Random,
  company: WorldCompany,
  names: Set<string>,
): { givenName: string; familyName: string } {
  for (;;) {
    const givenName = random.pick(GIVEN);
    const familyName = random.pick(FAMILY);
    const key = personNameKey(givenName, familyName, company.domain);
    // `flast` addresses must be unique too: no two people of a company share initial and family name.
    const short = `${plain(givenName)[0] ?? ''}${plain(familyName)}|${company.domain}`;
    if (names.has(key) || names.has(short)) continue;
    names.add(key).add(short);
    return { givenName, familyName };
  }
}

function personOf(made: {
  company: WorldCompany;
  index: number;
  rank: number;
  random: Random;
  phoneBook: PhoneBook;
  format: 'first.last' | 'flast' | 'first_last';
  givenName: string;
  familyName: string;
}): WorldPerson {
  const { company, random, givenName, familyName } = made;
  const seniority = seniorityOf(made.rank);
  const position = random.pick(ROLES[seniority]);
  const given = plain(givenName);
  const family = plain(familyName);
  const local = {
    'first.last': `${given}.${family}`,
    flast: `${given[0] ?? ''}${family}`,
    first_last: `${given}_${family}`,
  };
  const number = String(made.index + 1).padStart(4, '0');
  return {
    key: `p-${number}`,
    companyKey: company.key,
    givenName,
    familyName,
    title: random.pick(position.titles),
    seniority,
    role: position.role,
    country: company.country,
    email: `${local[made.format]}@${company.domain}`,
    mailbox: random.chance(0.05) ? 'gone' : 'open',
    ...phonesOf(random, made.phoneBook, company),
    linkedinUrl: `https://profiles.example/in/${given}-${family}-${number}`,
  };
}

/** Four in five have a mobile that somebody could know; most others have a desk phone only. */
function phonesOf(
  random: Random,
  phoneBook: PhoneBook,
  company: WorldCompany,
): Pick<WorldPerson, 'mobile' | 'landline'> {
  const mobile = random.chance(0.8) ? phoneBook.mobile(company.country) : null;
  const landline = mobile === null && random.chance(0.7) ? phoneBook.landline(company.country) : null;
  return { mobile, landline };
}

function seniorityOf(rank: number): Seniority {
  if (rank === 0) return 'cxo';
  if (rank === 1) return 'vp';
  if (rank < 4) return 'director';
  return rank < 7 ? 'manager' : 'entry';
}
