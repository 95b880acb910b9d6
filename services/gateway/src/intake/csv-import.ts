import { DELIMITERS, delimiterOf, ENCODINGS, encodingOf } from '@penstock/enrichment/csv/csv-dialect';
import { MOST_BYTES, readCsv, tooManyBytes, type CsvLine } from '@penstock/enrichment/csv/read-csv';
import {
  guessColumns,
  headerKey,
  IMPORT_FIELDS,
  looksLikeHeader,
  missingColumns,
  type ImportField,
} from '@penstock/enrichment/model/import-columns';
import {
  checkImportRows,
  createImport,
  importRows,
  listImports,
  ROWS_AT_ONCE,
} from '@penstock/enrichment/operations/import-people';
import { DomainError } from '@penstock/kernel/domain-error';
import { execute, parseInput } from '@penstock/workspace/operation';
import { Hono, type Context } from 'hono';
import { z } from 'zod';

import { requireIdentity } from '../auth/authenticate.ts';
import type { GatewayDeps } from '../gateway-deps.ts';
import type { GatewayEnv } from '../gateway-env.ts';

/** Enough of a file to see how it is written. */
const HEAD_BYTES = 256 * 1024;
const SAMPLES = 3;
/** Refused rows that are told one by one; the count goes on. */
const MOST_TOLD = 5_000;

const Dialect = z.object({
  encoding: z.enum(ENCODINGS),
  delimiter: z.enum(DELIMITERS),
  /** Whether the first line names the columns. */
  header: z.enum(['0', '1']).transform((given) => given === '1'),
  /** A field or nothing for each column, separated by commas: `email,,company`. */
  columns: z
    .string()
    .transform((text) => text.split(',').map((field) => (field === '' ? null : field)))
    .pipe(z.array(z.enum(IMPORT_FIELDS).nullable()).max(300)),
});
const Named = Dialect.extend({ name: z.string() });

type Refused = { line: number; outcome: 'refused' | 'duplicate'; reason: string; cells: string[] };

/**
 * Files of people, read as they arrive: how one is written, which rows would be taken, and taking them. The body is the file itself. It
 * is never held as a whole, and each few hundred rows go through the same operations as the rows of other callers.
 */
export function csvImport(deps: GatewayDeps): Hono<GatewayEnv> {
  const app = new Hono<GatewayEnv>();
  app.post('/inspect', async (c) => c.json(await inspect(deps, c)));
  app.post('/check', async (c) => c.json(await check(deps, c)));
  app.post('/import', async (c) => c.json(await take(deps, c), 201));
  return app;
}

type Caller = Parameters<typeof execute>[1];

function callerOf(c: Context<GatewayEnv>): Caller {
  const { actor } = requireIdentity(c.get('identity'));
  const type = c.req.header('content-type') ?? '';
  // Of what a foreign page could send without asking first, nothing is taken.
  if (!/^(text\/csv|text\/tab-separated-values|application\/octet-stream)\b/i.test(type))
    throw new DomainError('invalid', 'Send the file itself, as text/csv or application/octet-stream.');
  if (Number(c.req.header('content-length') ?? 0) > MOST_BYTES) throw tooManyBytes();
  return { actor, requestId: c.get('requestId') };
}

async function* bytesOf(c: Context<GatewayEnv>): AsyncGenerator<Uint8Array> {
  if (c.req.raw.body === null) return;
  yield* c.req.raw.body;
}

async function inspect(deps: GatewayDeps, c: Context<GatewayEnv>) {
  const caller = callerOf(c);
  const { remembered } = await execute(deps, caller, listImports, {});
  const head = await headOf(bytesOf(c));
  const encoding = encodingOf(head);
  const text = new TextDecoder(encoding).decode(head, { stream: true });
  const delimiter = delimiterOf(text);
  const lines = await firstLines(head, { encoding, delimiter });
  const [first, ...rest] = lines;
  if (!first) throw new DomainError('invalid', 'file: is empty. Choose a file with a line for each person.');
  const header = looksLikeHeader(first);
  const names = header ? first : first.map((_, at) => `Column ${at + 1}`);
  const guessed = guessColumns(names, remembered);
  const rows = header ? rest : lines;
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
    for await (const { cells } of readCsv(once(head), dialect)) {
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

type Batch = { rows: Record<string, string>[]; lines: number[]; cells: Map<number, string[]> };

/** Rows of the file by what their columns hold, a few hundred at a time. */
async function* batchesOf(
  lines: AsyncIterable<CsvLine>,
  dialect: { header: boolean; columns: readonly (ImportField | null)[] },
  onHeader: (cells: string[]) => void,
): AsyncGenerator<Batch> {
  let batch: Batch = { rows: [], lines: [], cells: new Map() };
  let first = true;
  for await (const { line, cells } of lines) {
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
    if (batch.rows.length < ROWS_AT_ONCE) continue;
    yield batch;
    batch = { rows: [], lines: [], cells: new Map() };
  }
  if (batch.rows.length > 0) yield batch;
}

function refuseColumns(columns: readonly (ImportField | null)[]): void {
  const missing = missingColumns(columns);
  if (missing !== null)
    throw new DomainError('invalid', `columns: ${missing}`, {
      issues: [{ field: 'columns', problem: 'are not enough', remedy: missing }],
    });
}

async function check(deps: GatewayDeps, c: Context<GatewayEnv>) {
  const caller = callerOf(c);
  const dialect = parseInput(Dialect, c.req.query());
  refuseColumns(dialect.columns);
  const seen = new Set<string>();
  const counts = { rows: 0, good: 0, known: 0, duplicates: 0, refused: 0 };
  const refused: Refused[] = [];
  let header: string[] = [];
  for await (const batch of batchesOf(readCsv(bytesOf(c), dialect), dialect, (cells) => (header = cells))) {
    const { rows, lines } = batch;
    const checked = await execute(deps, caller, checkImportRows, { rows, lines });
    counts.rows += rows.length;
    counts.refused += checked.refused.length;
    for (const { line, reason } of checked.refused)
      tell(refused, batch, { line, outcome: 'refused', reason });
    for (const { line, key, known } of checked.good) {
      if (seen.has(key)) {
        counts.duplicates += 1;
        tell(refused, batch, {
          line,
          outcome: 'duplicate',
          reason: 'is the same person as in an earlier line',
        });
        continue;
      }
      seen.add(key);
      counts.good += 1;
      counts.known += known ? 1 : 0;
    }
  }
  if (counts.rows === 0)
    throw new DomainError(
      'invalid',
      'file: has no rows below its header. Choose a file with a line for each person.',
    );
  return {
    ...counts,
    header: dialect.header ? header : null,
    told: refused.toSorted((a, b) => a.line - b.line),
  };
}

function tell(refused: Refused[], batch: Batch, row: Omit<Refused, 'cells'>): void {
  if (refused.length < MOST_TOLD) refused.push({ ...row, cells: batch.cells.get(row.line) ?? [] });
}

async function take(deps: GatewayDeps, c: Context<GatewayEnv>) {
  const caller = callerOf(c);
  const { name, ...dialect } = parseInput(Named, c.req.query());
  refuseColumns(dialect.columns);
  const counts = { created: 0, known: 0, duplicate: 0, refused: 0 };
  let header: string[] = [];
  let id: string | null = null;
  for await (const { rows, lines } of batchesOf(
    readCsv(bytesOf(c), dialect),
    dialect,
    (cells) => (header = cells),
  )) {
    id ??= (await execute(deps, caller, createImport, { name, mapping: mappingOf(dialect, header) })).id;
    const { items } = await execute(deps, caller, importRows, { importId: id, rows, lines });
    for (const { outcome } of items) counts[outcome] += 1;
  }
  if (id === null)
    throw new DomainError(
      'invalid',
      'file: has no rows below its header. Choose a file with a line for each person.',
    );
  return { id, ...counts };
}

function mappingOf(
  { header, columns }: { header: boolean; columns: readonly (ImportField | null)[] },
  names: readonly string[],
): Record<string, ImportField> {
  if (!header) return {};
  return Object.fromEntries(
    columns.flatMap((field, at) => {
      const key = headerKey(names[at] ?? '').slice(0, 120);
      return field && key !== '' ? [[key, field] as const] : [];
    }),
  );
}
