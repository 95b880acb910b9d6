import { expect, test } from 'vitest';

import { arrayLiteral } from './array-literal.ts';

test('writes plain elements as they are', () => {
  expect(arrayLiteral([])).toBe('{}');
  expect(arrayLiteral([1, -2.5, true, false, null])).toBe('{1,-2.5,true,false,NULL}');
  expect(arrayLiteral(['018f-a', 'a.b@c.example'])).toBe('{018f-a,a.b@c.example}');
  expect(arrayLiteral([true, false])).toBe('{true,false}');
  expect(arrayLiteral([1, 2.5])).toBe('{1,2.5}');
});

test('quotes what Postgres would read as something else', () => {
  expect(arrayLiteral(['', 'null', 'NULL', 'a,b', '{x}', ' a'])).toBe('{"","null","NULL","a,b","{x}"," a"}');
  expect(arrayLiteral(['say "no"', String.raw`a\b`])).toBe(String.raw`{"say \"no\"","a\\b"}`);
  expect(arrayLiteral(['a', 'b,c'])).toBe('{a,"b,c"}');
  expect(arrayLiteral(['a', ''])).toBe('{a,""}');
  expect(arrayLiteral([''])).toBe('{""}');
  expect(arrayLiteral(['a', 'Null', 'b'])).toBe('{a,"Null",b}');
  expect(arrayLiteral(['nullable', 'annull'])).toBe('{nullable,annull}');
  expect(arrayLiteral(['Zoë', 'line\nbreak'])).toBe('{"Zoë","line\nbreak"}');
});

test('writes moments in universal time, bytes, and lists within lists', () => {
  expect(arrayLiteral([new Date(0)])).toBe('{"1970-01-01T00:00:00.000Z"}');
  expect(arrayLiteral([Buffer.from([1, 255])])).toBe(String.raw`{"\\x01ff"}`);
  expect(
    arrayLiteral([
      ['a', 'b'],
      ['c', null],
    ]),
  ).toBe('{{a,b},{c,NULL}}');
});

test('writes hundreds of thousands of elements', () => {
  const ids = Array.from({ length: 200_000 }, (_, at) => `018f2b6e-${at}`);
  expect(arrayLiteral(ids)).toBe(`{${ids.join(',')}}`);
});
