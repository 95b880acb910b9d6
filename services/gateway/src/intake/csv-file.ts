import { DELIMITERS, delimiterOf, ENCODINGS, encodingOf } from '@penstock/enrichment/csv/csv-dialect';
import { MOST_BYTES, readCsv, tooManyBytes, type CsvLine } from '@penstock/enrichment/csv/read-csv';
import { withoutPreamble } from '@penstock/enrichment/csv/without-preamble';
import { DomainError } from '@penstock/kernel/domain-error';
import type { execute } from '@penstock/workspace/operation';
import type { Context } from 'hono';
import { z } from 'zod';

import { requireIdentity } from '../auth/authenticate.ts';
import type { GatewayEnv } from '../gateway-env.ts';

/** What files of rows have in common, whatever a row is of: they are read as they arrive and never held as a whole. */

/** Enough of a file to see how it is written. */
const HEAD_BYTES = 256 * 1024;
const SAMPLES = 3;
/** Refused rows that are told one by one; the count goes on. */
const MOST_TOLD = 5_000;
export const ROWS_IN_BATCH = 500;

export const FileDialect = z.object({
  encoding: z.enum(ENCODINGS),
  delimiter: z.enum(DELIMITERS),
  /** Whether the first line names the columns. */
  header: z.enum(['0', '1']).transform((given) => given === '1'),
});

export type Refused = { line: number; outcome: 'refused' | 'duplicate'; reason: string; cells: string[] };

export type Caller = Parameters<typeof execute>[1];

export function callerOf(c: Context<GatewayEnv>): Caller {
  const { actor } = requireIdentity(c.get('identity'));
  const type = c.req.header('content-type') ?? '';
  // Of what a foreign page could send without asking first, nothing is taken.
  if (!/^(text\/csv|text\/tab-separated-values|application\/octet-stream)\b/i.test(type))
    throw new DomainError('invalid', 'Send the file itself, as text/csv or application/octet-stream.');
  if (Number(c.req.header('content-length') ?? 0) > MOST_BYTES) throw tooManyBytes();
  return { actor, requestId: c.get('requestId') };
}

export async function* bytesOf(c: Context<GatewayEnv>): AsyncGenerator<Uint8Array> {
  if (c.req.raw.body === null) return;
  yield* c.req.raw.body;
}

/** How a file is written, unless that is said, and what its columns most likely hold, from its beginning. */
export async function howWritten<Field extends string>(
  c: Context<GatewayEnv>,
  said: { [Part in keyof z.output<typeof FileDialect>]?: z.output<typeof FileDialect>[Part] | undefined },
  by: {
    each: string;
    isHeader: (cells: readonly string[]) => boolean;
    guess: (names: readonly string[], samples: readonly string[][]) => (Field | null)[];
  },
) {
  const head = await headOf(bytesOf(c));
  const encoding = said.encoding ?? encodingOf(head);
  const delimiter = said.delimiter ?? delimiterOf(new TextDecoder(encoding).decode(head, { stream: true }));
  const lines = await firstLines(head, { encoding, delimiter });
  const [first, ...rest] = lines;
  if (!first)
    throw new DomainError('invalid', `file: is empty. Choose a file with a line for each ${by.each}.`);
  const header = said.header ?? by.isHeader(first);
  const names = header ? first : first.map((_, at) => `Column ${at + 1}`);
  const rows = header ? rest : lines;
  const guessed = by.guess(names, rows);
  return {
    encoding,
    delimiter,
    header,
    columns: names.map((name, at) => ({
      name,
      field: guessed[at] ?? null,
      samples: rows.flatMap((cells) => cells[at]?.trim() || []).slice(0, SAMPLES),
    })),
  };
}

async function headOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.byteLength;
    if (size >= HEAD_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, HEAD_BYTES);
}

/** The first lines that are whole: the beginning may end within one. */
async function firstLines(head: Uint8Array, dialect: Parameters<typeof readCsv>[1]): Promise<string[][]> {
  const lines: string[][] = [];
  try {
    for await (const { cells } of withoutPreamble(readCsv(once(head), dialect))) {
      lines.push(cells);
      if (lines.length > 50) break;
    }
  } catch (error) {
    if (lines.length === 0 || head.byteLength < HEAD_BYTES) throw error;
  }
  return lines;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

export type Batch = { rows: Record<string, string>[]; lines: number[]; cells: Map<number, string[]> };

/** Rows of the file by what their columns hold, a few hundred at a time. */
export async function* batchesOf<Field extends string>(
  lines: AsyncIterable<CsvLine>,
  dialect: { header: boolean; columns: readonly (Field | null)[] },
  onHeader: (cells: string[]) => void,
): AsyncGenerator<Batch> {
  let batch: Batch = { rows: [], lines: [], cells: new Map() };
  let first = true;
  for await (const { line, cells } of withoutPreamble(lines)) {
    if (first) onHeader(cells);
    const skip = first && dialect.header;
    first = false;
    if (skip || cells.every((cell) => cell.trim() === '')) continue;
    batch.rows.push(
      Object.fromEntries(
        dialect.columns.flatMap((field, at) => (field ? [[field, (cells[at] ?? '').slice(0, 2_000)]] : [])),
      ),
    );
    batch.lines.push(line);
    batch.cells.set(line, cells);
    if (batch.rows.length < ROWS_IN_BATCH) continue;
    yield batch;
    batch = { rows: [], lines: [], cells: new Map() };
  }
  if (batch.rows.length > 0) yield batch;
}

export function tell(refused: Refused[], batch: Batch, row: Omit<Refused, 'cells'>): void {
  if (refused.length < MOST_TOLD) refused.push({ ...row, cells: batch.cells.get(row.line) ?? [] });
}
