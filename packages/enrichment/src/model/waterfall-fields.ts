import type { KnownFacts, WantedField } from '../provider-port.ts';

/** Every fact that a waterfall can be asked for, in the order in which they are offered, as a sentence names it. */
export const FIELD_WORDS: Readonly<Record<WantedField, string>> = {
  work_email: 'work e-mail',
  mobile: 'mobile',
  direct_dial: 'direct dial',
  title: 'title',
  seniority: 'seniority',
  linkedin_url: 'LinkedIn URL',
  reporting_line: 'reporting line',
  company_size: 'company size',
  industry: 'industry',
  revenue_range: 'revenue range',
  business_model: 'business model',
  growth_stage: 'growth stage',
  location: 'location',
  hierarchy: 'corporate hierarchy',
  tech_stack: 'tech stack',
};

// Safe: the record has every field as a key.
export const FIELDS_IN_ORDER = Object.keys(FIELD_WORDS) as WantedField[];

export const INPUT_WORDS: Readonly<Record<keyof KnownFacts, string>> = {
  givenName: 'given name',
  familyName: 'family name',
  companyName: 'company name',
  companyDomain: 'company domain',
  email: 'e-mail address',
  linkedinUrl: 'LinkedIn URL',
  phone: 'phone number',
  titles: 'job titles',
  since: 'since when',
  page: 'page',
};

export const fieldsInWords = (fields: readonly WantedField[]): string =>
  fields.map((field) => FIELD_WORDS[field]).join(', ');
