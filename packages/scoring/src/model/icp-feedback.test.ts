import { expect, it } from 'vitest';

import { lessonsOf, type JudgedAccount } from './icp-feedback.ts';

const judged = (
  outcome: JudgedAccount['outcome'],
  industry: string | null,
  more: Partial<JudgedAccount> = {},
) => ({
  outcome,
  fit: 80,
  industry,
  country: null,
  employeeCount: null,
  ...more,
});

it('names what accounts share that are no fit, and not what worked ones have too', () => {
  const accounts = [
    ...Array.from({ length: 4 }, () => judged('not_a_fit', 'Computer games')),
    judged('worked', 'Computer games'),
    ...Array.from({ length: 3 }, () => judged('not_a_fit', 'Insurance')),
    ...Array.from({ length: 5 }, () => judged('worked', 'Insurance')),
    ...Array.from({ length: 2 }, () => judged('not_a_fit', 'Mining')),
    ...Array.from({ length: 9 }, () => judged('not_a_fit', null)),
  ];
  expect(lessonsOf(accounts)).toEqual([{ label: 'Industry', value: 'Computer games', notFit: 4, worked: 1 }]);
});

it('reads sizes in bands', () => {
  const small = Array.from({ length: 3 }, (_, at) => judged('not_a_fit', null, { employeeCount: 10 + at }));
  expect(lessonsOf(small)).toEqual([{ label: 'Employees', value: 'fewer than 50', notFit: 3, worked: 0 }]);
});
