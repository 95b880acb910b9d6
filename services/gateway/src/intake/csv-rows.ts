import { readCsv } from '@penstock/enrichment/csv/read-csv';
import { headerKey } from '@penstock/enrichment/model/import-columns';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { parseInput } from '@penstock/workspace/operation';
import { Hono, type Context } from 'hono';
import { z } from 'zod';

import type { GatewayDeps } from '../gateway-deps.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import {
  batchesOf,
  bytesOf,
  callerOf,
  FileDialect,
  howWritten,
  tell,
  type Caller,
  type Refused,
} from './csv-file.ts';

type Rows = { rows: Record<string, string>[]; lines: number[] };

/** A kind of file whose rows are taken a few hundred at a time, through the same operations as the rows of other callers. */
export type RowsOfFile<Field extends string> = {
  /** What a row is of, in one word. */
  each: string;
  fields: readonly [Field, ...Field[]];
  isHeader: (cells: readonly string[]) => boolean;
  guess: (
    names: readonly string[],
    samples: readonly string[][],
    remembered: Readonly<Record<string, string>>,
  ) => (Field | null)[];
  /** Why nothing can be made from these columns, or null. */
  missing: (columns: readonly (Field | null)[]) => string | null;
  /** Header to field, as somebody chose it before. */
  remembered: (caller: Caller) => Promise<Readonly<Record<string, string>>>;
  check: (
    caller: Caller,
    rows: Rows,
  ) => Promise<{
    refused: { line: number; reason: string }[];
    /** What tells a row apart within its file, and whether it is known. */
    good: { line: number; key: string; known: boolean }[];
  }>;
  /** Begins taking a file, or goes on with it: rows up to `lastLine` have been taken. */
  begin: (
    caller: Caller,
    file: { id: string; name: string; mapping: Record<string, Field> },
  ) => Promise<{ lastLine: number }>;
  take: (
    caller: Caller,
    id: string,
    rows: Rows,
  ) => Promise<{ line: number; outcome: string; reason: string }[]>;
};

/**
 * Files of rows, read as they arrive: how one is written (`inspect`), which rows would be taken (`check`), and taking them (`import`). The
 * body is the file itself and is never held as a whole. A file that is sent again under its id goes on behind the rows that were taken.
 */
export function csvRows<Field extends string>(
  kindOf: (deps: GatewayDeps) => RowsOfFile<Field>,
  deps: GatewayDeps,
): Hono<GatewayEnv> {
  const kind = kindOf(deps);
  const app = new Hono<GatewayEnv>();
  app.post('/inspect', async (c) => c.json(await inspect(kind, c)));
  app.post('/check', async (c) => c.json(await check(kind, c)));
  app.post('/import', async (c) => c.json(await take(kind, deps, c), 201));
  return app;
}

const Known = FileDialect.partial();

async function inspect<Field extends string>(kind: RowsOfFile<Field>, c: Context<GatewayEnv>) {
  const remembered = await kind.remembered(callerOf(c));
  return howWritten(c, parseInput(Known, c.req.query()), {
    ...kind,
    guess: (names, samples) => kind.guess(names, samples, remembered),
  });
}

const Dialect = FileDialect.extend({
  /** A field or nothing for each column, separated by commas: `email,,company`. */
  columns: z.string(),
});
const Named = Dialect.extend({
  name: z.string(),
  /** Made by whoever sends the file, so that sending it again goes on instead of beginning anew. */
  id: z.uuid().optional(),
});

function dialectOf<Field extends string, Shape extends typeof Dialect>(
  kind: RowsOfFile<Field>,
  shape: Shape,
  c: Context<GatewayEnv>,
) {
  const Columns = z.object({ columns: z.array(z.enum(kind.fields).nullable()).max(300) });
  const { columns: text, ...dialect } = parseInput(shape, c.req.query());
  const named = text.split(',').map((field) => (field === '' ? null : field));
  // Safe: each is one of the kind's fields.
  const columns = parseInput(Columns, { columns: named }).columns as (Field | null)[];
  const missing = kind.missing(columns);
  if (missing !== null)
    throw new DomainError('invalid', `columns: ${missing}`, {
      issues: [{ field: 'columns', problem: 'are not enough', remedy: missing }],
    });
  return { ...dialect, columns };
}

const noRows = (each: string) =>
  new DomainError(
    'invalid',
    `file: has no rows below its header. Choose a file with a line for each ${each}.`,
  );

async function check<Field extends string>(kind: RowsOfFile<Field>, c: Context<GatewayEnv>) {
  const caller = callerOf(c);
  const dialect = dialectOf(kind, Dialect, c);
  const seen = new Set<string>();
  const counts = { rows: 0, good: 0, known: 0, duplicates: 0, refused: 0 };
  const told: Refused[] = [];
  let header: string[] = [];
  for await (const batch of batchesOf(readCsv(bytesOf(c), dialect), dialect, (cells) => (header = cells))) {
    const { rows, lines } = batch;
    const checked = await kind.check(caller, { rows, lines });
    counts.rows += rows.length;
    counts.refused += checked.refused.length;
    for (const { line, reason } of checked.refused) tell(told, batch, { line, outcome: 'refused', reason });
    for (const { line, key, known } of checked.good) {
      if (seen.has(key)) {
        counts.duplicates += 1;
        const reason = `is the same ${kind.each} as in an earlier line`;
        tell(told, batch, { line, outcome: 'duplicate', reason });
        continue;
      }
      seen.add(key);
      counts.good += 1;
      counts.known += known ? 1 : 0;
    }
  }
  if (counts.rows === 0) throw noRows(kind.each);
  return {
    ...counts,
    header: dialect.header ? header : null,
    told: told.toSorted((a, b) => a.line - b.line),
  };
}

async function take<Field extends string>(
  kind: RowsOfFile<Field>,
  deps: GatewayDeps,
  c: Context<GatewayEnv>,
) {
  const caller = callerOf(c);
  const { name, id = newId(deps.clock.now()), ...dialect } = dialectOf(kind, Named, c);
  const counts: Record<string, number> = {
    created: 0,
    known: 0,
    proposed: 0,
    ambiguous: 0,
    duplicate: 0,
    refused: 0,
  };
  const told: Refused[] = [];
  let header: string[] = [];
  let begun: { lastLine: number } | null = null;
  for await (const batch of batchesOf(readCsv(bytesOf(c), dialect), dialect, (cells) => (header = cells))) {
    begun ??= await kind.begin(caller, { id, name, mapping: mappingOf(dialect, header) });
    const { lastLine } = begun;
    const rest = batch.lines.findIndex((line) => line > lastLine);
    if (rest === -1) continue;
    const { rows, lines } = { rows: batch.rows.slice(rest), lines: batch.lines.slice(rest) };
    for (const { line, outcome, reason } of await kind.take(caller, id, { rows, lines })) {
      counts[outcome] = (counts[outcome] ?? 0) + 1;
      if (outcome === 'duplicate' || outcome === 'refused') tell(told, batch, { line, outcome, reason });
    }
  }
  if (begun === null) throw noRows(kind.each);
  return { id, ...counts, header: dialect.header ? header : null, told };
}

function mappingOf<Field extends string>(
  { header, columns }: { header: boolean; columns: readonly (Field | null)[] },
  names: readonly string[],
): Record<string, Field> {
  if (!header) return {};
  return Object.fromEntries(
    columns.flatMap((field, at) => {
      const key = headerKey(names[at] ?? '').slice(0, 120);
      return field && key !== '' ? [[key, field] as const] : [];
    }),
  ) as Record<string, Field>;
}
