import { testDatabase, type TestDatabase } from '@penstock/testkit/database';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { createPool } from '@penstock/store/pool';

let database: TestDatabase;
let pool: ReturnType<typeof createPool>;
beforeAll(async () => {
  database = await testDatabase({ major: 18 });
  pool = createPool({ url: database.urls.app, max: 1, applicationName: 'test', pipeline: true });
}, 60_000);
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const read = async (text: string): Promise<unknown> =>
  (await pool.query<{ value: unknown }>(`select ${text} as value`)).rows[0]?.value;

it.each(['UTC', 'Asia/Kolkata', 'America/St_Johns'])(
  'reads moments as they are, in a session of %s',
  async (zone) => {
    await pool.query(`set time zone '${zone}'`);
    const times = [
      '2026-11-23T09:00:00.000Z',
      '2026-03-29T01:30:00.120Z',
      '1900-01-01T00:00:00.000Z',
      '0044-03-15T12:00:00.000Z',
      '9999-12-31T23:59:59.999Z',
    ];
    for (const at of times) expect(await read(`'${at}'::timestamptz`)).toEqual(new Date(at));
    expect(await read(`array['${times.join("','")}']::timestamptz[]`)).toEqual(
      times.map((at) => new Date(at)),
    );
    expect(await read(`'2026-11-23T09:00:00.123456Z'::timestamptz`)).toEqual(
      new Date('2026-11-23T09:00:00.123Z'),
    );
    expect(await read(`array[null, '${times[0]}']::timestamptz[]`)).toEqual([null, new Date(times[0] ?? '')]);
  },
);

it('reads lists of texts as they are', async () => {
  expect(
    await read(`array['plain', '', 'a,b', 'say "so"', 'back\\slash', '{', 'null', 'NULL', null, 'é ü']`),
  ).toEqual(['plain', '', 'a,b', 'say "so"', 'back\\slash', '{', 'null', 'NULL', null, 'é ü']);
  expect([
    await read(`array['funding', 'visit', null]`),
    await read(`'{}'::text[]`),
    await read(`array[array['a'], array['b']]`),
  ]).toEqual([['funding', 'visit', null], [], [['a'], ['b']]]);
});

it('reads lists of numbers as they are', async () => {
  expect(
    await read(`array[1, 0.1, -2e-300, 1.7976931348623157e308, 'NaN', '-Infinity', null]::float8[]`),
  ).toEqual([1, 0.1, -2e-300, 1.7976931348623157e308, Number.NaN, Number.NEGATIVE_INFINITY, null]);
  expect([await read(`'{}'::float8[]`), await read(`'{}'::timestamptz[]`)]).toEqual([[], []]);
});
