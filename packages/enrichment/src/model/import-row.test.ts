import { describe, expect, it } from 'vitest';

import { guessColumns, looksLikeHeader, missingColumns } from './import-columns.ts';
import { readRow, type ImportRow } from './import-row.ts';

const person = (row: ImportRow) => {
  const read = readRow(row);
  return 'person' in read ? read.person : read.reason;
};

describe('columns', () => {
  it('are told by their headers, in the words of several systems and languages', () => {
    expect(
      guessColumns(['First Name', 'Nachname', 'E-Mail-Adresse', 'Company name', 'Website', 'Notes'], {}),
    ).toEqual(['given_name', 'family_name', 'email', 'company', 'domain', null]);
  });

  it('are read as somebody chose before, and none is given twice', () => {
    expect(guessColumns(['Kontakt', 'Work email', 'Email'], { kontakt: 'full_name' })).toEqual([
      'full_name',
      'email',
      null,
    ]);
    expect(guessColumns(['Phone', 'Mobile'], { phone: 'phone' })).toEqual(['phone', null]);
    expect(guessColumns(['Email', 'E-mail 2'], { email: '' })).toEqual([null, null]);
  });

  it.each([
    [
      'Salesforce',
      ['First Name', 'Last Name', 'Title', 'Account Name', 'Mailing Country', 'Phone', 'Mobile', 'Email'],
      ['given_name', 'family_name', 'title', 'company', 'country', null, 'phone', 'email'],
    ],
    [
      'HubSpot',
      [
        'Record ID',
        'First Name',
        'Last Name',
        'Email',
        'Phone Number',
        'Associated Company',
        'Country/Region',
      ],
      [null, 'given_name', 'family_name', 'email', 'phone', 'company', 'country'],
    ],
    [
      'Pipedrive',
      ['Person - Name', 'Person - Email - Work', 'Organization - Name', 'Person - Phone - Work'],
      ['full_name', 'email', 'company', 'phone'],
    ],
    [
      'Apollo',
      [
        'First Name',
        'Last Name',
        'Title',
        'Company',
        'Company Name for Emails',
        'Email',
        'Work Direct Phone',
      ],
      ['given_name', 'family_name', 'title', 'company', null, 'email', 'phone'],
    ],
    [
      'Google',
      ['Given Name', 'Family Name', 'Organization 1 - Name', 'Organization 1 - Title', 'E-mail 1 - Value'],
      ['given_name', 'family_name', 'company', 'title', 'email'],
    ],
    [
      'Outlook',
      ['First Name', 'Last Name', 'Company', 'Job Title', 'Business Country/Region', 'E-mail Address'],
      ['given_name', 'family_name', 'company', 'title', 'country', 'email'],
    ],
  ])('are told as %s exports them', (_, headers, fields) => {
    expect(guessColumns(headers, {})).toEqual(fields);
  });

  it('are told by their values where the header says something else or nothing', () => {
    const connections = ['First Name', 'Last Name', 'URL', 'Email Address', 'Company', 'Position'];
    const rows = [
      ['Ana', 'Novak', 'https://www.linkedin.com/in/ana-novak', '', 'Acme', 'CFO'],
      ['Ben', 'Ito', 'https://www.linkedin.com/in/ben-ito', '', 'North', 'CTO'],
    ];
    expect(guessColumns(connections, {}, rows)).toEqual([
      'given_name',
      'family_name',
      'linkedin_url',
      'email',
      'company',
      'title',
    ]);
    expect(guessColumns(['Column 1', 'Column 2'], {}, [['x', 'a@b.example']])).toEqual([null, 'email']);
    expect(guessColumns(['URL'], {}, [['https://acme.example']])).toEqual(['domain']);
  });

  it('need something to recognise people by', () => {
    expect(missingColumns(['email'])).toBeNull();
    expect(missingColumns(['full_name', 'domain'])).toBeNull();
    expect(missingColumns(['given_name', 'company'])).toContain('Choose the column');
  });

  it('tells a header from a person', () => {
    expect(looksLikeHeader(['Name', 'E-mail'])).toBe(true);
    expect(looksLikeHeader(['Ana Novak', 'ana@acme.example'])).toBe(false);
  });
});

describe('rows', () => {
  it('become people with what their file says', () => {
    expect(
      person({
        full_name: 'Novak, Ana Maria',
        email: ' mailto:Ana@Acme.Example ',
        company: 'Acme  Ltd',
        country: 'United Kingdom',
        phone: '020 7946 0958',
        linkedin_url: 'linkedin.com/in/Ana-Novak/',
      }),
    ).toEqual({
      emailKey: 'ana@acme.example',
      givenName: 'Ana Maria',
      familyName: 'Novak',
      company: { name: 'Acme Ltd', domain: 'acme.example', country: 'GB' },
      country: 'GB',
      title: null,
      phone: '+442079460958',
      linkedinUrl: 'https://www.linkedin.com/in/ana-novak',
    });
  });

  it('take the company from the address, but not from free mail', () => {
    expect(person({ email: 'a@acme.example' })).toMatchObject({ company: { domain: 'acme.example' } });
    expect(person({ email: 'a@gmail.com' })).toMatchObject({ company: null });
  });

  it('take a profile for what it is, not for the site of the company', () => {
    const url = 'https://www.linkedin.com/in/ana-novak';
    expect(person({ full_name: 'Ana Novak', domain: url, company: 'Acme' })).toMatchObject({
      linkedinUrl: url,
      company: { name: 'Acme', domain: null },
    });
  });

  it.each<[ImportRow, string]>([
    [{ email: 'not an address' }, '"not an address" is not an e-mail address'],
    [{ full_name: 'Ana Novak' }, 'has neither an e-mail address nor a name with a company'],
    [{ company: 'Acme', given_name: 'Ana' }, 'has neither an e-mail address nor a name with a company'],
    [{ email: 'a@b.example', domain: 'nonsense' }, '"nonsense" is not a domain'],
    [{ email: 'a@b.example', title: 'x'.repeat(301) }, 'title is longer than 300 characters'],
  ])('say why they can’t be taken: %j', (row, reason) => {
    expect(person(row)).toBe(reason);
  });
});
