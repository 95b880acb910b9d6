import { expect, test } from 'vitest';

import { takeDue, type Due } from './due-first.ts';

type Named = Due & { name: string };
const one = (name: string, sinceMs: number, byMs: number): Named => ({ name, sinceMs, byMs });
const taken = (waiting: Named[], most: number) => takeDue(waiting, most, 100).map(({ name }) => name);

test('takes all where there is room for all, in the order in which they came', () => {
  const waiting = [one('a', 1, 900), one('b', 2, 200)];
  expect(taken(waiting, 2)).toEqual(['a', 'b']);
  expect(waiting).toEqual([]);
});

test('takes the nearest time that can still be met, whoever came first', () => {
  const waiting = [
    one('first', 0, 500),
    one('late', 3, 90),
    one('far', 1, 900),
    one('near', 5, 110),
    one('no time', 2, Infinity),
  ];
  expect(taken(waiting, 2)).toEqual(['first', 'near']);
  expect(taken(waiting, 2)).toEqual(['far', 'no time']);
  expect(waiting.map(({ name }) => name)).toEqual(['late']);
});

test('lets nobody wait for ever', () => {
  const waiting = Array.from({ length: 40 }, (_, at) => one(`near ${at}`, 50 + at, 150));
  waiting.push(one('passed', 1, 60));
  expect(taken(waiting, 8)).toContain('passed');
  expect(waiting).toHaveLength(33);
});
