import { describe, expect, it } from 'vitest';

import { delimiterOf, encodingOf, type Delimiter, type Encoding } from './csv-dialect.ts';
import { MOST_BYTES, MOST_ROWS, readCsv } from './read-csv.ts';

async function* chunksOf(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function read(
  file: string | Uint8Array,
  dialect: { encoding?: Encoding; delimiter?: Delimiter } = {},
  size = 7,
) {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  const lines: string[][] = [];
  const { encoding = encodingOf(bytes), delimiter = ',' } = dialect;
  for await (const { cells } of readCsv(chunksOf(bytes, size), { encoding, delimiter })) lines.push(cells);
  return lines;
}
const utf16 = (text: string, big: boolean) => {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return new Uint8Array(big ? bytes.swap16() : bytes);
};
const PEOPLE = 'name,company\nZoë Müller,Łódź GmbH\n';
const READ = [
  ['name', 'company'],
  ['Zoë Müller', 'Łódź GmbH'],
];

describe('how a file is written', () => {
  it.each<[string, Uint8Array, Encoding]>([
    ['UTF-8', new TextEncoder().encode(PEOPLE), 'utf-8'],
    ['UTF-8 with its mark', new TextEncoder().encode(`\uFEFF${PEOPLE}`), 'utf-8'],
    ['UTF-16, little end first', utf16(PEOPLE, false), 'utf-16le'],
    ['UTF-16, big end first', utf16(PEOPLE, true), 'utf-16be'],
    ['UTF-16 without its mark', utf16(PEOPLE, false).subarray(2), 'utf-16le'],
  ])('reads %s, cut anywhere', async (_, bytes, encoding) => {
    expect(encodingOf(bytes)).toBe(encoding);
    for (const size of [1, 3, 1_000]) expect(await read(bytes, {}, size)).toEqual(READ);
  });

  it('reads Windows-1252, as spreadsheets still write it', async () => {
    const bytes = new Uint8Array(Buffer.from('name\nM\u00fcller \u0096 S\u00f8n\n', 'latin1'));
    expect(encodingOf(bytes)).toBe('windows-1252');
    expect(await read(bytes)).toEqual([['name'], ['Müller – Søn']]);
  });

  it('says so where a file is not what it began as', async () => {
    const bytes = Buffer.concat([Buffer.from('name\n'), Buffer.from([0xfc, 0x0a])]);
    await expect(read(bytes, { encoding: 'utf-8' })).rejects.toThrow('Choose another encoding');
  });

  it.each<[string, Delimiter]>([
    ['a,b,c\n1,2,3', ','],
    ['a;b\n"x, y, z";2', ';'],
    ['a\tb\n1,5\t2', '\t'],
    ['a|b\n1|2', '|'],
    ['just one column', ','],
    ['Notes:\nOne, two, three\n\na;b;c\n1;2;3\n4;5;6', ';'],
  ])('finds the delimiter of %j', (text, delimiter) => {
    expect(delimiterOf(text)).toBe(delimiter);
  });
});

describe('what a file may hold', () => {
  it('takes quoted newlines, quotes written twice, stray quotes and rows of any length', async () => {
    expect(await read('a,b\r\n"one\ntwo","say ""hi"""\r\n5" pipe,x,y\r\n\r\nlast')).toEqual([
      ['a', 'b'],
      ['one\ntwo', 'say "hi"'],
      ['5" pipe', 'x', 'y'],
      ['last'],
    ]);
  });

  it('tells where a quote is never closed, also in a file that goes on for long', async () => {
    await expect(read('a,b\n"open,1\n2,3\n')).rejects.toThrow(/quote is opened.*never closed/);
    await expect(read(`a\n"open\n${'x,y\n'.repeat(80_000)}`, {}, 65_536)).rejects.toThrow('never closed');
  });

  it('refuses ten thousand columns', async () => {
    await expect(
      read(Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(','), {}, 65_536),
    ).rejects.toThrow('10,000 columns');
  });

  it('refuses more rows than it takes, and stops reading there', async () => {
    let sent = 0;
    async function* endless() {
      const chunk = new TextEncoder().encode('a@b.example\n'.repeat(1_000));
      for (;;) {
        sent += 1_000;
        yield chunk;
      }
    }
    const all = async () => {
      for await (const line of readCsv(endless(), { encoding: 'utf-8', delimiter: ',' }))
        expect(line).toBeDefined();
    };
    await expect(all()).rejects.toThrow('more than 100,000 rows');
    expect(sent).toBeLessThan(MOST_ROWS * 2);
  });

  it('refuses a gigabyte as soon as it has seen too much, without holding it', async () => {
    let sent = 0;
    async function* gigabyte() {
      // Blank lines are no rows.
      const chunk = new Uint8Array(1024 * 1024).fill(10);
      for (; sent < 1024; sent += 1) yield chunk;
    }
    const all = async () => {
      for await (const line of readCsv(gigabyte(), { encoding: 'utf-8', delimiter: ',' }))
        expect(line).toBeDefined();
    };
    await expect(all()).rejects.toThrow('at most 100 MB');
    expect(sent * 1024 * 1024).toBeLessThan(MOST_BYTES + 2 * 1024 * 1024);
    // Reading 100 MB takes seconds on a quiet machine.
  }, 60_000);
});
