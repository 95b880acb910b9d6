import { expect, it } from 'vitest';

import { judgeFoundBoard, type FoundBoard } from './found-board.ts';

const found = (more: Partial<FoundBoard>): FoundBoard => ({
  accountName: 'Northmill Works, Inc.',
  domain: 'northmill.example',
  board: 'northmill',
  company: null,
  linked: 1,
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
    expect(taken({ board, linked: 4 })).toBe(true);
});

it('proposes a nameless board that is called otherwise: a partner’s may stand there', () => {
  expect(judgeFoundBoard(found({ board: 'harbour-foods' }))).toEqual({
    take: false,
    because: 'its site links it, but it is called harbour-foods and names nobody',
  });
  expect(taken({ board: 'harbour-foods', linked: 2 })).toBe(false);
});
