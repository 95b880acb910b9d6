import { companyDomainOf, emailKey } from '@penstock/accounts/model/email-address';
import { registrableDomain } from '@penstock/accounts/model/domain-name';
import { readPhone } from '@penstock/accounts/model/phone-number';
import { countryCodeInAny } from '@penstock/kernel/country-code';

import type { ImportField } from './import-columns.ts';

export type ImportRow = Partial<Record<ImportField, string>>;

export type ReadRow = {
  emailKey: string | null;
  givenName: string;
  familyName: string;
  company: { name: string; domain: string | null; country: string | null } | null;
  country: string | null;
  title: string | null;
  /** E.164. */
  phone: string | null;
  linkedinUrl: string | null;
};

const EMAIL = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]{2,}$/;
const MOST_CHARACTERS = 300;

/** A row of a file as a person, or why it can't be taken. Values that only a part of it is wrong with are left out, not guessed. */
export function readRow(row: ImportRow): { person: ReadRow } | { reason: string } {
  const cell = (field: ImportField): string => (row[field] ?? '').trim().replaceAll(/\s+/g, ' ');
  const long = Object.entries(row).find(([, value]) => value.length > MOST_CHARACTERS);
  if (long) return { reason: `${long[0]} is longer than ${MOST_CHARACTERS} characters` };
  const email = cell('email').replace(/^mailto:/i, '');
  if (email !== '' && !EMAIL.test(email)) return { reason: `"${email}" is not an e-mail address` };
  const names = namesOf(cell('given_name'), cell('family_name'), cell('full_name'));
  // Some files give a person's profile as their web address.
  const profile = profileOf(cell('linkedin_url')) ?? profileOf(cell('domain'));
  const site = profileOf(cell('domain')) === null ? cell('domain') : '';
  const domain = site === '' ? null : registrableDomain(site);
  if (site !== '' && domain === null) return { reason: `"${site}" is not a domain` };
  const country = countryCodeInAny(cell('country'));
  const companyDomain = domain ?? (email === '' ? null : companyDomainOf(email));
  const company = companyOf(cell('company'), companyDomain, country);
  if (email === '' && profile === null && (names.familyName === '' || company === null))
    return { reason: 'has neither an e-mail address nor a name with a company' };
  return {
    person: {
      emailKey: email === '' ? null : emailKey(email),
      ...names,
      company,
      country,
      title: cell('title') || null,
      phone: cell('phone') === '' ? null : readPhone(cell('phone'), country ?? ''),
      linkedinUrl: profile,
    },
  };
}

function companyOf(name: string, domain: string | null, country: string | null): ReadRow['company'] {
  if (name !== '') return { name, domain, country };
  return domain === null ? null : { name: domain, domain, country };
}

/** `Novak, Ana` and `Ana Maria Novak`; what is given apart is taken as it is. */
function namesOf(given: string, family: string, full: string): { givenName: string; familyName: string } {
  if (given !== '' || family !== '' || full === '') return { givenName: given, familyName: family };
  const [before = '', after] = full.split(',', 2).map((part) => part.trim());
  if (after !== undefined && after !== '') return { givenName: after, familyName: before };
  const words = before.split(' ');
  return words.length === 1
    ? { givenName: '', familyName: before }
    : { givenName: words.slice(0, -1).join(' '), familyName: words.at(-1) ?? '' };
}

function profileOf(text: string): string | null {
  const found = /^(?:https?:\/\/)?(?:[a-z]{2,3}\.)?linkedin\.com\/in\/([^/?#\s]+)/i.exec(text);
  return found?.[1] === undefined ? null : `https://www.linkedin.com/in/${found[1].toLowerCase()}`;
}
