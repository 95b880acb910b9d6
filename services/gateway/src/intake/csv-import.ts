import { readCsv } from '@penstock/enrichment/csv/read-csv';
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
} from '@penstock/enrichment/operations/import-people';
import { DomainError } from '@penstock/kernel/domain-error';
import { execute, parseInput } from '@penstock/workspace/operation';
import { Hono, type Context } from 'hono';
import { z } from 'zod';

import type { GatewayDeps } from '../gateway-deps.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { batchesOf, bytesOf, callerOf, FileDialect, howWritten, tell, type Refused } from './csv-file.ts';

const Dialect = FileDialect.extend({
  /** A field or nothing for each column, separated by commas: `email,,company`. */
  columns: z
    .string()
    .transform((text) => text.split(',').map((field) => (field === '' ? null : field)))
    .pipe(z.array(z.enum(IMPORT_FIELDS).nullable()).max(300)),
});
const Named = Dialect.extend({ name: z.string() });

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

async function inspect(deps: GatewayDeps, c: Context<GatewayEnv>) {
  const caller = callerOf(c);
  const { remembered } = await execute(deps, caller, listImports, {});
  return howWritten(c, {
    each: 'person',
    isHeader: looksLikeHeader,
    guess: (names) => guessColumns(names, remembered),
  });
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
