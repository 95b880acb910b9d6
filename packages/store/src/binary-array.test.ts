import { expect, test } from 'vitest';

import { binaryArray, binaryLists } from './binary-array.ts';

const ID = '018f2b6e-7a3c-7000-8000-0123456789AB';
const HEAD = (count: number, oid: string, nulls = 0) =>
  `00000001${`0000000${nulls}`}0000${oid}${count.toString(16).padStart(8, '0')}00000001`;
const hex = (buffer: Buffer | null) => buffer?.toString('hex');

test('knows lists by how a statement reads its parameters', () => {
  const lists = binaryLists('select unnest($2::uuid[], $10::text[], $3::int[], $4::timestamptz[]), $5::uuid');
  expect([...lists]).toEqual([
    [2, 'uuid'],
    [10, 'text'],
    [4, 'timestamptz'],
  ]);
});

test('writes lists as Postgres keeps them', () => {
  expect(hex(binaryArray('uuid', [ID, null]))).toBe(
    `${HEAD(2, '0b86', 1)}00000010018f2b6e7a3c700080000123456789abffffffff`,
  );
  expect(hex(binaryArray('text', ['', 'Zoë']))).toBe(`${HEAD(2, '0019')}00000000000000045a6fc3ab`);
  expect(hex(binaryArray('timestamptz', [new Date('2000-01-01T00:00:01Z')]))).toBe(
    `${HEAD(1, '04a0')}0000000800000000000f4240`,
  );
});

test('leaves to text what is no such list', () => {
  expect(binaryArray('uuid', [])).toBeNull();
  expect(binaryArray('uuid', ['no id'])).toBeNull();
  expect(binaryArray('uuid', ['018f2b6e-7a3c-7000-8000-0123456789xy'])).toBeNull();
  expect(binaryArray('uuid', ['018f2b6e_7a3c-7000-8000-0123456789ab'])).toBeNull();
  expect(binaryArray('text', ['a', 1])).toBeNull();
  expect(binaryArray('timestamptz', ['2000-01-01'])).toBeNull();
  expect(binaryArray('timestamptz', [new Date(Number.NaN)])).toBeNull();
});
