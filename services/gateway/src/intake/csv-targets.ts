import { readCsv } from '@penstock/enrichment/csv/read-csv';
import { DomainError } from '@penstock/kernel/domain-error';
import {
  guessTargetColumns,
  missingTargetColumns,
  namesTargetColumns,
  TARGET_FIELDS,
} from '@penstock/scoring/model/target-row';
import {
  checkTargetRows,
  createTargetFile,
  takeTargetRows,
} from '@penstock/scoring/operations/manage-target-files';
import { execute, parseInput } from '@penstock/workspace/operation';
import { Hono, type Context } from 'hono';
import { z } from 'zod';

import type { GatewayDeps } from '../gateway-deps.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { batchesOf, bytesOf, callerOf, FileDialect, howWritten, tell, type Refused } from './csv-file.ts';

const Dialect = FileDialect.extend({
  /** A field or nothing for each column, separated by commas: `company,,domain`. */
  columns: z
    .string()
    .transform((text) => text.split(',').map((field) => (field === '' ? null : field)))
    .pipe(z.array(z.enum(TARGET_FIELDS).nullable()).max(300)),
});
const Named = Dialect.extend({ name: z.string() });

/** Files of target accounts, read as they arrive: how one is written, which rows would be taken, and taking them. */
export function csvTargets(deps: GatewayDeps): Hono<GatewayEnv> {
  const app = new Hono<GatewayEnv>();
  app.post('/inspect', async (c) => c.json(await inspect(c)));
  app.post('/check', async (c) => c.json(await check(deps, c)));
  app.post('/import', async (c) => c.json(await take(deps, c), 201));
  return app;
}

async function inspect(c: Context<GatewayEnv>) {
  callerOf(c);
  return howWritten(c, { each: 'company', isHeader: namesTargetColumns, guess: guessTargetColumns });
}

function dialectOf<Shape extends typeof Dialect>(shape: Shape, c: Context<GatewayEnv>): z.output<Shape> {
  const dialect = parseInput(shape, c.req.query());
  const missing = missingTargetColumns(dialect.columns);
  if (missing !== null)
    throw new DomainError('invalid', `columns: ${missing}`, {
      issues: [{ field: 'columns', problem: 'are not enough', remedy: missing }],
    });
  return dialect;
}

const nobody = () =>
  new DomainError(
    'invalid',
    'file: has no rows below its header. Choose a file with a line for each company.',
  );

async function check(deps: GatewayDeps, c: Context<GatewayEnv>) {
  const caller = callerOf(c);
  const dialect = dialectOf(Dialect, c);
  const seen = new Set<string>();
  const counts = { rows: 0, good: 0, known: 0, duplicates: 0, refused: 0 };
  const refused: Refused[] = [];
  let header: string[] = [];
  for await (const batch of batchesOf(readCsv(bytesOf(c), dialect), dialect, (cells) => (header = cells))) {
    const { rows, lines } = batch;
    const checked = await execute(deps, caller, checkTargetRows, { rows, lines });
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
          reason: 'is the same company as in an earlier line',
        });
        continue;
      }
      seen.add(key);
      counts.good += 1;
      counts.known += known ? 1 : 0;
    }
  }
  if (counts.rows === 0) throw nobody();
  return {
    ...counts,
    header: dialect.header ? header : null,
    told: refused.toSorted((a, b) => a.line - b.line),
  };
}

async function take(deps: GatewayDeps, c: Context<GatewayEnv>) {
  const caller = callerOf(c);
  const dialect = dialectOf(Named, c);
  const counts = { known: 0, proposed: 0, ambiguous: 0, duplicate: 0, refused: 0 };
  const left: Refused[] = [];
  let header: string[] = [];
  let id: string | null = null;
  for await (const batch of batchesOf(readCsv(bytesOf(c), dialect), dialect, (cells) => (header = cells))) {
    id ??= (await execute(deps, caller, createTargetFile, { name: dialect.name })).id;
    const { rows, lines } = batch;
    const { items } = await execute(deps, caller, takeTargetRows, { fileId: id, rows, lines });
    for (const { line, outcome, reason } of items) {
      counts[outcome] += 1;
      if (outcome === 'duplicate' || outcome === 'refused') tell(left, batch, { line, outcome, reason });
    }
  }
  if (id === null) throw nobody();
  return { id, ...counts, header: dialect.header ? header : null, told: left };
}
