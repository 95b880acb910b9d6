import { expect, it } from 'vitest';

import type { FoundPerson } from '../provider-port.ts';
import { sortFound } from './found-people.ts';

const found = (
  givenName: string,
  familyName: string | null,
  more: Partial<FoundPerson> = {},
): FoundPerson => ({
  vendorRef: null,
  givenName,
  familyName,
  title: null,
  linkedinUrl: null,
  email: null,
  ...more,
});

it('keeps who has a name, once, and at most so many', () => {
  const sorted = sortFound(
    [
      found('Ana', 'Novak', { title: 'VP Sales' }),
      found('Bo', null),
      found('ana', 'novak'),
      found('Cy', 'Ito', { email: 'cy@quay.example', linkedinUrl: 'https://www.linkedin.com/in/cy' }),
      found('Di', 'Roe'),
    ],
    2,
  );
  expect(sorted).toEqual({
    rows: [
      { given_name: 'Ana', family_name: 'Novak', title: 'VP Sales' },
      {
        given_name: 'Cy',
        family_name: 'Ito',
        email: 'cy@quay.example',
        linkedin_url: 'https://www.linkedin.com/in/cy',
      },
    ],
    hidden: 1,
    repeated: 1,
    over: 1,
  });
});

it('keeps two of one name apart by their addresses', () => {
  const people = ['a@quay.example', 'b@quay.example'].map((email) => found('Ana', 'Novak', { email }));
  expect(sortFound(people, 10).rows).toHaveLength(2);
});
