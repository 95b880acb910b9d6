import type { Country } from './words.ts';

/** Truth about an invented company. Domains end in `.example`, which is reserved and resolves nowhere. */
export type WorldCompany = {
  key: string;
  name: string;
  domain: string;
  industry: string;
  employees: number;
  revenueUsd: number;
  country: Country;
  city: string;
  region: string;
  foundedYear: number;
  /** Its mail server takes every address. */
  isCatchAll: boolean;
  /** EDGAR's number for the company; only US companies have one. */
  cik: string | null;
};

export type Seniority = 'cxo' | 'vp' | 'director' | 'manager' | 'entry';

export type WorldPerson = {
  key: string;
  companyKey: string;
  givenName: string;
  familyName: string;
  title: string;
  seniority: Seniority;
  role: string;
  country: Country;
  email: string;
  /** `gone`: the mailbox no longer exists. */
  mailbox: 'open' | 'gone';
  /** E.164, from ranges reserved for fiction. */
  mobile: string | null;
  landline: string | null;
  linkedinUrl: string;
};

export type World = {
  companies: readonly WorldCompany[];
  people: readonly WorldPerson[];
  companyByKey: ReadonlyMap<string, WorldCompany>;
  companyByDomain: ReadonlyMap<string, WorldCompany>;
  personByEmail: ReadonlyMap<string, WorldPerson>;
  personByLinkedin: ReadonlyMap<string, WorldPerson>;
  /** Key: `personNameKey(given, family, company domain)`. */
  personByName: ReadonlyMap<string, WorldPerson>;
};

/** Letters and digits in lower case without accents: `O'Brien` → `obrien`. */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '');
}

export const personNameKey = (givenName: string, familyName: string, domain: string): string =>
  `${plain(givenName)}|${plain(familyName)}|${domain.toLowerCase()}`;

/** `https://www.profiles.example/in/x/` and `profiles.example/in/x` are one profile. */
export const profileKey = (url: string): string =>
  url
    .trim()
    .toLowerCase()
    .replace(/^(https?:\/\/)?(www\.)?/, '')
    .replace(/[/?#]+$/, '');
