import { expect, it } from 'vitest';

import { judgeFoundBoard, type FoundBoard } from './found-board.ts';

const found = (more: Partial<FoundBoard>): FoundBoard => ({
  accountName: 'Northmill Works, Inc.',
  domain: 'northmill.example',
  board: 'northmill',
  company: null,
  linked: 1,
  isOnCareersPage: true,
  ...more,
});
const taken = (more: Partial<FoundBoard>) => judgeFoundBoard(found(more)).take;

it('takes a board that names the company, however it is called', () => {
  expect(taken({ company: 'NORTHMILL WORKS', board: 'x17', linked: 3 })).toBe(true);
});

it('proposes a board that names another company, even one called like it', () => {
  expect(judgeFoundBoard(found({ company: 'Harbour Foods' }))).toEqual({
    take: false,
    because: 'it names Harbour Foods, not Northmill Works, Inc.',
  });
});

it('takes a board that names nobody where it is called like the company', () => {
  for (const board of ['northmill', 'NorthmillWorks', 'northmill-works', 'northmillcareers'])
    expect(taken({ board, linked: 4, isOnCareersPage: false })).toBe(true);
});

it('takes a nameless board of another address only as the one board of a page of openings', () => {
  expect(taken({ board: 'oldname' })).toBe(true);
  expect(taken({ board: 'oldname', isOnCareersPage: false })).toBe(false);
  expect(taken({ board: 'oldname', linked: 2 })).toBe(false);
});
