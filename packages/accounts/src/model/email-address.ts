import { isDisposableEmailDomain } from 'disposable-email-domains-js';
import freeMailDomains from 'free-email-domains';

import { registrableDomain } from './domain-name.ts';

const FREE_MAIL: ReadonlySet<string> = new Set(freeMailDomains);
const ROLE_NAMES = new Set(
  'abuse admin billing contact enquiries help hello hr info jobs mail marketing noreply no-reply office postmaster press sales security support team webmaster'.split(
    ' ',
  ),
);

export type EmailMark = 'free_mail' | 'disposable' | 'role_address';

/** Key by which a person is recognised: the address in lower case. Sub-addresses and dots are left alone: they may differ. */
export function emailKey(address: string): string {
  return address.trim().toLowerCase();
}

/** What is worth knowing of a valid address. None of it is a reason to refuse a lead. */
export function emailMarks(address: string): EmailMark[] {
  const [local = '', host = ''] = emailKey(address).split('@');
  const domain = registrableDomain(host) ?? host;
  const marks: EmailMark[] = [];
  // Throw-away hosts are on lists of free ones too; the sharper word is enough.
  if (isDisposableEmailDomain(host) || isDisposableEmailDomain(domain)) marks.push('disposable');
  else if (FREE_MAIL.has(host) || FREE_MAIL.has(domain)) marks.push('free_mail');
  if (ROLE_NAMES.has(local)) marks.push('role_address');
  return marks;
}

/** Domain of the company that an address speaks for, or null for free-mail and disposable domains. */
export function companyDomainOf(address: string): string | null {
  const marks = emailMarks(address);
  if (marks.includes('free_mail') || marks.includes('disposable')) return null;
  return registrableDomain(address);
}
