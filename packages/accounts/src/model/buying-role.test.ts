import { expect, it } from 'vitest';

import { rankOf, readTitle } from './buying-role.ts';

it.each([
  ['VP Sales', 'executive', 'vice_president'],
  ['Chief Executive Officer', 'executive', 'chief'],
  ['Senior Vice President of Marketing', 'executive', 'vice_president'],
  ['RevOps Director', 'department_manager', 'director'],
  ['Sales manager', 'department_manager', 'manager'],
  ['CRM administrator', 'it', 'individual'],
  ['Chief Financial Officer', 'finance', 'chief'],
  ['CTO', 'it', 'chief'],
  ['Head of Procurement', 'procurement', 'director'],
  ['Leiterin Einkauf', 'procurement', 'director'],
  ['Geschäftsführer', 'executive', 'chief'],
  ['Account Executive', 'end_user', 'individual'],
  ['Staff Accountant', 'finance', 'individual'],
  ['Executive Assistant to the CEO', 'end_user', 'individual'],
  ['Sales Development Representative', 'end_user', 'individual'],
])('reads %s as %s, %s', (title, role, seniority) => {
  expect(readTitle(title)).toEqual({ role, seniority });
});

it.each([null, '', '  '])('says nothing about the title %j', (title) => {
  expect(readTitle(title)).toEqual({ role: null, seniority: null });
  expect(rankOf(null)).toBeGreaterThan(rankOf('individual'));
});
