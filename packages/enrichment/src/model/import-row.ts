import { companyDomainOf, emailKey } from '@penstock/accounts/model/email-address';
import { registrableDomain } from '@penstock/accounts/model/domain-name';
import { readPhone } from '@penstock/accounts/model/phone-number';

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
  const domain = cell('domain') === '' ? null : registrableDomain(cell('domain'));
  if (cell('domain') !== '' && domain === null) return { reason: `"${cell('domain')}" is not a domain` };
  const country = countryCode(cell('country'));
  const companyDomain = domain ?? (email === '' ? null : companyDomainOf(email));
  const company = companyOf(cell('company'), companyDomain, country);
  const linkedinUrl = profileOf(cell('linkedin_url'));
  if (email === '' && linkedinUrl === null && (names.familyName === '' || company === null))
    return { reason: 'has neither an e-mail address nor a name with a company' };
  return {
    person: {
      emailKey: email === '' ? null : emailKey(email),
      ...names,
      company,
      country,
      title: cell('title') || null,
      phone: cell('phone') === '' ? null : readPhone(cell('phone'), country ?? ''),
      linkedinUrl,
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

const CODES = new Map<string, string>();

/** Two letters of ISO 3166, from the letters or the English name; null for what is neither. */
function countryCode(text: string): string | null {
  if (/^[a-z]{2}$/i.test(text)) return text.toUpperCase() === 'UK' ? 'GB' : text.toUpperCase();
  if (text === '') return null;
  if (CODES.size === 0) fillCodes();
  return CODES.get(text.toLowerCase()) ?? null;
}

function fillCodes(): void {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  for (let a = 65; a <= 90; a += 1)
    for (let b = 65; b <= 90; b += 1) {
      const code = String.fromCharCode(a, b);
      const name = names.of(code);
      if (name !== undefined && !CODES.has(name.toLowerCase())) CODES.set(name.toLowerCase(), code);
    }
  CODES.set('usa', 'US');
  CODES.set('united states of america', 'US');
}
