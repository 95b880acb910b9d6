import { expect, it } from 'vitest';

import type { CsvLine } from './read-csv.ts';
import { withoutPreamble } from './without-preamble.ts';

async function read(rows: readonly string[][]) {
  async function* lines() {
    for (const [at, cells] of rows.entries()) yield { line: at + 1, cells };
  }
  const read: CsvLine[] = [];
  for await (const line of withoutPreamble(lines())) read.push(line);
  return read;
}
const table = [
  ['First Name', 'Last Name', 'URL'],
  ['Ana', 'Novak', ''],
];

it.each([
  ['notes', [['Notes:'], ['Some addresses are missing, because their owners hide them.'], ['']]],
  ['a title', [['Contacts of the north', '', '']]],
])('leaves out %s above a table, and keeps the numbers of lines', async (_, above) => {
  expect(await read([...above, ...table])).toEqual(
    table.map((cells, at) => ({ line: above.length + at + 1, cells })),
  );
});

it.each([
  ['a table without notes', table],
  ['addresses alone', [['ana@acme.example'], ['ben@acme.example']]],
  [
    'two columns',
    [
      ['Domain', ''],
      ['acme.example', 'Acme'],
    ],
  ],
  [
    'a row with one cell below the first lines',
    [...Array.from({ length: 30 }, () => ['a', 'b', 'c']), ['x']],
  ],
  ['nothing', []],
])('leaves %s as it is', async (_, rows) => {
  expect((await read(rows)).map(({ cells }) => cells)).toEqual(rows);
});
