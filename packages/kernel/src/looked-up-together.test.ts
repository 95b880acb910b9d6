import { expect, test } from 'vitest';

import { lookedUpTogether } from './looked-up-together.ts';

test('one is looked up at once, and those who ask while two are under way together', async () => {
  const asked: string[][] = [];
  const gate = Promise.withResolvers<void>();
  const find = lookedUpTogether(async (keys) => {
    asked.push([...keys]);
    await gate.promise;
    return new Map(keys.filter((key) => key !== 'nobody').map((key) => [key, `found ${key}`]));
  });
  const all = ['a', 'b', 'c', 'nobody', 'c'].map(find);
  gate.resolve();
  expect(await Promise.all(all)).toEqual(['found a', 'found b', 'found c', null, 'found c']);
  expect(asked).toEqual([['a'], ['b'], ['c', 'nobody']]);
});

test('a fault is told to all who asked, and the next look is a new one', async () => {
  let fails = true;
  const find = lookedUpTogether((keys) =>
    fails ? Promise.reject(new Error('away')) : Promise.resolve(new Map(keys.map((key) => [key, key]))),
  );
  const all = await Promise.allSettled(['a', 'b', 'c'].map(find));
  expect(all.map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
  fails = false;
  expect(await find('a')).toBe('a');
});
