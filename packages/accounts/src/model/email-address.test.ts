import { describe, expect, it } from 'vitest';

import { companyDomainOf, emailMarks } from './email-address.ts';

describe('emailMarks', () => {
  it.each([
    ['ana@gmail.com', ['free_mail']],
    ['ana@mailinator.com', ['disposable']],
    ['info@brightwater.example', ['role_address']],
    ['ana@brightwater.example', []],
  ])('%s → %j', (address, marks) => {
    expect(emailMarks(address)).toEqual(expect.arrayContaining(marks));
    if (marks.length === 0) expect(emailMarks(address)).toEqual([]);
  });
});

describe('companyDomainOf', () => {
  it.each([
    ['Ana@Mail.Brightwater.example', 'brightwater.example'],
    ['ana@acme.co.uk', 'acme.co.uk'],
    ['ana@gmail.com', null],
    ['ana@[127.0.0.1]', null],
  ])('%s → %s', (address, domain) => {
    expect(companyDomainOf(address)).toBe(domain);
  });
});
