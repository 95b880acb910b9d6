import { expect, it } from 'vitest';

import type { QueueItem } from '../../api/records.ts';
import { extend, followingOn, hold, newOnes } from './held-list.ts';

const ASKED = '2026-11-23T09:00:00.000Z';
// Safe: of a row only its id and when it entered are read here.
const row = (id: string, createdAt = '2026-11-20T09:00:00.000Z') => ({ id, createdAt }) as QueueItem;
const ids = (rows: readonly QueueItem[]) => rows.map(({ id }) => id).join('');
const rows = (letters: string) => letters.split('').map((id) => row(id));
const held = hold('all', rows('abc'), ASKED);
const without = (id: string) => ({ ...held, order: held.order.filter((other) => other !== id) });

it('goes on below where rows are worked off, and calls none of that new', () => {
  const worked = without('a');
  expect(ids(followingOn(worked, rows('bcd')))).toBe('d');
  expect(newOnes(worked, rows('bcd'))).toEqual([]);
  expect(extend(worked, followingOn(worked, rows('bcd'))).order).toEqual(['b', 'c', 'd']);
  expect(ids(followingOn({ ...held, order: [] }, rows('def')))).toBe('def');
});

it('calls new what came in since, wherever it stands, and what rose above the last row', () => {
  const late = row('z', '2026-11-23T09:00:01.000Z');
  expect(ids(newOnes(held, [late, ...rows('abc')]))).toBe('z');
  expect(ids(newOnes(held, [...rows('abc'), late]))).toBe('z');
  expect(ids(newOnes(held, rows('adbc')))).toBe('d');
  expect(followingOn(held, [...rows('adbc'), late])).toEqual([]);
});

it('brings nothing back that its reader has just dealt with, while the list still has it', () => {
  expect(followingOn(without('c'), rows('abc'))).toEqual([]);
});
