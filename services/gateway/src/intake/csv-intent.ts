import { delimiterOf, encodingOf } from '@penstock/enrichment/csv/csv-dialect';
import { MOST_BYTES, readCsv, tooManyBytes } from '@penstock/enrichment/csv/read-csv';
import { DomainError } from '@penstock/kernel/domain-error';
import { scoringPort } from '@penstock/scoring/rescore';
import { intentColumns, missingIntentColumns } from '@penstock/signals/model/intent-row';
import { INTENT_ROWS_AT_ONCE, takeIntentOperation } from '@penstock/signals/operations/take-intent';
import { execute } from '@penstock/workspace/operation';
import { Hono, type Context } from 'hono';

import { requireIdentity } from '../auth/authenticate.ts';
import type { GatewayDeps } from '../gateway-deps.ts';
import type { GatewayEnv } from '../gateway-env.ts';

/** A file of intent is a day's or a week's: it is held whole. */
const MOST_INTENT_BYTES = 10 * 1024 * 1024;
const HEAD_BYTES = 64 * 1024;
const MOST_TOLD = 200;

const takeIntent = takeIntentOperation({ scoring: scoringPort });

/** `POST /v1/csv/intent`: a vendor's file of intent with a header, read by what its columns are called. */
export function csvIntent(deps: GatewayDeps): Hono<GatewayEnv> {
  return new Hono<GatewayEnv>().post('/', async (c) => c.json(await take(deps, c), 201));
}

async function take(deps: GatewayDeps, c: Context<GatewayEnv>) {
  const caller = { actor: requireIdentity(c.get('identity')).actor, requestId: c.get('requestId') };
  const type = c.req.header('content-type') ?? '';
  // Of what a foreign page could send without asking first, nothing is taken.
  if (!/^(text\/csv|text\/tab-separated-values|application\/octet-stream)\b/i.test(type))
    throw new DomainError('invalid', 'Send the file itself, as text/csv or application/octet-stream.');
  const file = await bytesOf(c);
  const encoding = encodingOf(file.subarray(0, HEAD_BYTES));
  const head = new TextDecoder(encoding).decode(file.subarray(0, HEAD_BYTES), { stream: true });
  const counts = { recorded: 0, repeated: 0, refused: 0 };
  const told: { line: number; problem: string }[] = [];
  let columns: ReturnType<typeof intentColumns> | null = null;
  let batch: { line: number; cells: string[] }[] = [];
  const flush = async () => {
    if (batch.length === 0 || columns === null) return;
    const rows = batch.map(({ cells }) => cells.map((cell) => cell.slice(0, 2_000)));
    const { items } = await execute(deps, caller, takeIntent, { columns, rows });
    for (const [at, { outcome, problem }] of items.entries()) {
      counts[outcome] += 1;
      if (outcome === 'refused' && told.length < MOST_TOLD)
        told.push({ line: batch[at]?.line ?? 0, problem });
    }
    batch = [];
  };
  for await (const { line, cells } of readCsv(once(file), { encoding, delimiter: delimiterOf(head) })) {
    if (columns === null) {
      columns = intentColumns(cells);
      const missing = missingIntentColumns(columns);
      if (missing !== null) throw new DomainError('invalid', `file: ${missing} Name them in the first line.`);
      continue;
    }
    if (cells.every((cell) => cell.trim() === '')) continue;
    batch.push({ line, cells });
    if (batch.length === INTENT_ROWS_AT_ONCE) await flush();
  }
  await flush();
  if (counts.recorded + counts.repeated + counts.refused === 0)
    throw new DomainError(
      'invalid',
      'file: has no rows below its header. Choose a file with a line for each company.',
    );
  return { ...counts, told };
}

async function bytesOf(c: Context<GatewayEnv>): Promise<Uint8Array> {
  if (Number(c.req.header('content-length') ?? 0) > MOST_BYTES) throw tooManyBytes();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_INTENT_BYTES)
      throw new DomainError('too_large', 'The file has more than 10 MB. Split it, or send a shorter time.');
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
