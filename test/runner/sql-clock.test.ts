import { expect, it } from 'vitest';

import { checkLines } from './sql-clock.ts';

it.each([
  ['packages/a/src/x.sql', 'UPDATE t SET at = now() WHERE id = $1'],
  ['packages/a/src/x.ts', 'const sql = `select * from t where due < now()`;'],
  ['packages/a/src/x.ts', 'const sql = `insert into t values (current_timestamp)`;'],
  ['packages/a/src/x.sql', 'at timestamptz DEFAULT clock_timestamp()'],
])('refuses %s: %s', (file, line) => {
  expect(checkLines(file, `first\n${line}`)).toEqual([
    expect.stringContaining(`${file}:2 asks the database for the time`),
  ]);
});

it.each([
  'const at = clock.now();',
  'export type Clock = { now(): Date };',
  'UPDATE lease SET until = now() + $1 -- lease: replicas agree on one clock',
  '-- now() is not used here',
])('lets pass: %s', (line) => {
  expect(checkLines('packages/a/src/x.ts', line)).toEqual([]);
});
