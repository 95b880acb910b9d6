import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { DomainError } from '@penstock/kernel/domain-error';
import { CsvError, parse } from 'csv-parse';

import type { Delimiter, Encoding } from './csv-dialect.ts';

export const MOST_ROWS = 100_000;
export const MOST_BYTES = 100 * 1024 * 1024;
export const MOST_COLUMNS = 300;
/** A quote that is never closed swallows the rest of the file: it ends here. */
const MOST_RECORD_CHARACTERS = 200_000;

export type CsvLine = { line: number; cells: string[] };

/**
 * The lines of a file as they come, the header too. It is never held as a whole.
 * @throws DomainError `invalid` or `too_large`, naming the line and the remedy
 */
export async function* readCsv(
  chunks: AsyncIterable<Uint8Array>,
  dialect: { encoding: Encoding; delimiter: Delimiter },
): AsyncGenerator<CsvLine> {
  const parser = parse({
    delimiter: dialect.delimiter,
    bom: true,
    info: true,
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: true,
    maxRecordSize: MOST_RECORD_CHARACTERS,
  });
  // What goes wrong at the source ends the parser with the same error, and is thrown below.
  const feeding = pipeline(Readable.from(textOf(chunks, dialect.encoding)), parser).catch(() => undefined);
  let rows = 0;
  try {
    // Safe: with `info` each record comes with where it was.
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (record.length > MOST_COLUMNS)
        throw refusal(
          `Line ${info.lines} has ${record.length.toLocaleString('en-US')} columns; at most ${MOST_COLUMNS} can be read.`,
          'Leave out columns, or check the delimiter.',
        );
      rows += 1;
      if (rows > MOST_ROWS + 1)
        throw new DomainError(
          'too_large',
          `The file has more than ${MOST_ROWS.toLocaleString('en-US')} rows. Split it.`,
        );
      yield { line: info.lines, cells: record };
    }
    await feeding;
  } catch (error) {
    throw error instanceof CsvError ? csvRefusal(error) : error;
  }
}

async function* textOf(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: encoding !== 'windows-1252' });
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw tooManyBytes();
    const text = decode(decoder, chunk, true);
    if (text !== '') yield text;
  }
  const rest = decode(decoder, new Uint8Array(), false);
  if (rest !== '') yield rest;
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array, stream: boolean): string {
  try {
    return decoder.decode(chunk, { stream });
  } catch {
    throw refusal(
      `The file is not written in ${decoder.encoding.toUpperCase()} throughout.`,
      'Choose another encoding, or save it as UTF-8.',
    );
  }
}

export const tooManyBytes = (): DomainError =>
  new DomainError(
    'too_large',
    `A file may hold at most ${MOST_BYTES / 1024 / 1024} MB. Split it, or leave out columns.`,
  );

const refusal = (problem: string, remedy: string): DomainError =>
  new DomainError('invalid', `${problem} ${remedy}`, { issues: [{ field: 'file', problem, remedy }] });

function csvRefusal(error: CsvError): DomainError {
  const line = typeof error['lines'] === 'number' ? error['lines'] : null;
  const where = line === null ? '' : ` near line ${line}`;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE')
    return refusal(
      `A quote is opened${where} and never closed.`,
      'Close it or write it twice, and try again.',
    );
  return refusal(`The file can’t be read${where}.`, 'Check the delimiter and the quotes.');
}
