import { countryName } from '../../format/words.ts';

const REASONS: Readonly<Record<string, string>> = {
  same_address: 'same e-mail address',
  same_profile: 'same LinkedIn profile',
  same_mobile: 'same mobile and family name',
  same_name_and_company: 'same name at the same company',
  same_domain: 'same domain',
  same_name: 'same name',
  name_alike: 'names much alike',
  same_town: 'same town',
};
const AGAINST: Readonly<Record<string, string>> = {
  other_country: 'another country',
  other_domain: 'another domain',
  other_register_number: 'another number in the register',
};

/** Why two records may be one, and what speaks against it, as one sentence without an end. */
export function reasonsInWords(reasons: readonly string[]): string {
  const pro = reasons.flatMap((reason) => REASONS[reason] ?? []).join(', ');
  const contra = reasons.flatMap((reason) => AGAINST[reason] ?? []).join(', ');
  const text = contra === '' ? pro : `${pro}, but ${contra}`;
  return text === '' ? 'Chosen by hand' : text.charAt(0).toUpperCase() + text.slice(1);
}

const FIELDS: Readonly<Record<string, string>> = {
  givenName: 'Given name',
  familyName: 'Family name',
  emailKey: 'E-mail address',
  country: 'Country',
  accountId: 'Company',
  buyingRole: 'Part in buying',
  doNotCall: 'Not to be called',
  name: 'Name',
  domain: 'Domain',
  industry: 'Industry',
  employeeCount: 'Employees',
  annualRevenueUsd: 'Annual revenue, US$',
  region: 'Region',
  city: 'Town',
  ownerId: 'Owner',
  state: 'State',
};
export const fieldName = (field: string): string => FIELDS[field] ?? field;

export function valueInWords(field: string, value: string | number | boolean | null): string {
  if (value === null || value === '') return '–';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return value.toLocaleString('en-US');
  return field === 'country' ? (countryName(value) ?? value) : value;
}
