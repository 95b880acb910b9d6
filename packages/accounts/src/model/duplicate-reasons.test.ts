import { expect, it } from 'vitest';

import { companyReasons, likeliness, WORTH_A_LOOK, type CompanyToCompare } from './duplicate-reasons.ts';

const company = (name: string, more: Partial<CompanyToCompare> = {}): CompanyToCompare => ({
  id: name,
  names: [name],
  country: null,
  region: null,
  city: null,
  domain: null,
  registerNumbers: [],
  ...more,
});

it('counts reasons together, and what speaks against them', () => {
  expect(likeliness(['same_address', 'same_name_and_company'])).toBeGreaterThan(likeliness(['same_address']));
  expect(likeliness(['same_name', 'other_country'])).toBeLessThan(likeliness(['same_name']));
  expect(likeliness([])).toBe(0);
});

it('finds companies by domain and by name, whatever the legal form', () => {
  expect(companyReasons(company('Acme Inc'), company('ACME GmbH'))).toEqual(['same_name']);
  expect(
    companyReasons(company('Acme', { domain: 'acme.com' }), company('Wile Supplies', { domain: 'acme.com' })),
  ).toEqual(['same_domain']);
  expect(companyReasons(company('Acme Robotics'), company('Beta Foods'))).toEqual([]);
});

it('tells what speaks against it: another country, domain, or number in the register', () => {
  const ours = company('Larkspur', { country: 'US', domain: 'larkspur.com', registerNumbers: ['1'] });
  const theirs = company('Larkspur', { country: 'DE', domain: 'larkspur.de', registerNumbers: ['2'] });
  const reasons = companyReasons(ours, theirs);
  expect(reasons).toEqual(['same_name', 'other_country', 'other_domain', 'other_register_number']);
  expect(likeliness(reasons)).toBeLessThan(WORTH_A_LOOK);
});
