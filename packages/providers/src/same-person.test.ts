import { expect, it } from 'vitest';

import { isSamePerson } from './same-person.ts';

const person = (name: string) => {
  const [givenName = '', familyName = ''] = name.split('/');
  return { givenName, familyName };
};

it('is settled by the address or the profile that was asked for', () => {
  const asked = {
    ...person('Ana/Novak'),
    email: 'ana@acme.example',
    linkedinUrl: 'https://www.linkedin.com/in/ana/',
  };
  const other = person('Eva/Kovac');
  expect(isSamePerson(asked, { ...other, emails: ['ANA@acme.example'] })).toBe(true);
  expect(isSamePerson(asked, { ...other, linkedinUrl: 'linkedin.com/in/ana' })).toBe(true);
  expect(isSamePerson(asked, { ...other, emails: ['eva@acme.example'] })).toBe(false);
});
