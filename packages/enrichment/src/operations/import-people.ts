import { Instant, plainText } from '@penstock/kernel/contract';
import { newId } from '@penstock/kernel/ids';
import { one } from '@penstock/store/tx';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import {
  insertImport,
  readImports,
  readKnownEmails,
  readLastLine,
  readMappings,
} from '../import-statements.ts';
import { IMPORT_FIELDS } from '../model/import-columns.ts';
import type { ImportRow } from '../model/import-row.ts';
import { readRows, takeRows, type RowToTake, type TakenRow } from '../take-rows.ts';

/** Rows of one request; a file is cut into as many as it takes. */
export const ROWS_AT_ONCE = 500;

const Row = z.strictObject(
  Object.fromEntries(IMPORT_FIELDS.map((field) => [field, z.string().max(2_000).optional()])),
);
/** Each row is judged by itself: one that is wrong is named, and the others go on. */
const Rows = z.array(z.record(z.string(), z.unknown())).min(1).max(ROWS_AT_ONCE);
const Taken = z.object({
  line: z.int(),
  outcome: z.enum(['created', 'known', 'duplicate', 'refused']),
  reason: z.string(),
});

export const createImport = command({
  name: 'enrichment.createImport',
  lane: 'hot',
  permission: 'enrichment.run',
  summary:
    'Begin a list of people that are brought in: rows are added to it, then it is enriched. The id of one that is there goes on with it, behind its last line.',
  input: z.object({
    id: z.uuid().optional(),
    name: plainText(120).pipe(z.string().min(1, 'is missing: give the list a name')),
    /** Header to field, so that the next file with the same headers is read the same way. */
    mapping: z.record(z.string().max(120), z.enum(IMPORT_FIELDS)).default({}),
  }),
  output: z.object({ id: z.string(), lastLine: z.int() }),
  async run({ tx, actor, now }, { id: given, name, mapping }) {
    const id = given ?? newId(now);
    await tx.rows(insertImport, id, name, JSON.stringify(mapping), actor.id, now);
    const { lastLine } = await one(tx, readLastLine, id);
    return {
      output: { id, lastLine },
      audit: { action: 'people_import.created', subjectKind: 'people_import', subjectId: id },
    };
  },
});

export const importRows = command({
  name: 'enrichment.importRows',
  lane: 'hot',
  permission: 'enrichment.run',
  summary: `Add up to ${ROWS_AT_ONCE} people to a list. Rows that can’t be taken are named, the others go on.`,
  input: z.object({
    importId: z.uuid(),
    rows: Rows,
    /** Line of the first row in its file; rows count from it. */
    firstLine: z.int().min(1).default(1),
    /** Lines of the rows, where the file has lines that hold none. */
    lines: z.array(z.int()).max(ROWS_AT_ONCE).optional(),
  }),
  output: z.object({ items: z.array(Taken) }),
  async run({ tx, now }, { importId, rows, firstLine, lines }) {
    const { typed, refused } = typedRows(rows, firstLine, lines);
    const items = [...(await takeRows(tx, importId, typed, now)), ...refused].toSorted(
      (a, b) => a.line - b.line,
    );
    return {
      output: { items },
      audit: {
        action: 'people_import.rows_added',
        subjectKind: 'people_import',
        subjectId: importId,
        detail: { rows: rows.length },
      },
      events: [{ kind: 'import.changed', payload: { importId } }],
    };
  },
});

export const checkImportRows = query({
  name: 'enrichment.checkImportRows',
  lane: 'hot',
  permission: 'enrichment.run',
  summary:
    'Which of up to 500 rows could be taken, and whom the workspace knows already by address. Changes nothing.',
  input: z.object({
    rows: Rows,
    firstLine: z.int().min(1).default(1),
    lines: z.array(z.int()).max(ROWS_AT_ONCE).optional(),
  }),
  output: z.object({
    refused: z.array(Taken),
    /** Of each row that could be taken, what tells it apart in its file, and whether its address is known. */
    good: z.array(z.object({ line: z.int(), key: z.string(), known: z.boolean() })),
  }),
  async run({ tx }, { rows, firstLine, lines }) {
    const { typed, refused } = typedRows(rows, firstLine, lines);
    const read = await readRows(tx, typed);
    const emails = read.good.flatMap(({ person }) => person.emailKey ?? []);
    const known = new Set((await tx.rows(readKnownEmails, emails)).map(({ emailKey }) => emailKey));
    return {
      refused: [...refused, ...read.refused].toSorted((a, b) => a.line - b.line),
      good: read.good.map(({ line, person }) => ({
        line,
        key:
          person.emailKey ??
          `${person.givenName} ${person.familyName} ${person.company?.domain ?? person.company?.name ?? person.linkedinUrl ?? ''}`.toLowerCase(),
        known: person.emailKey !== null && known.has(person.emailKey),
      })),
    };
  },
});

export const listImports = query({
  name: 'enrichment.imports',
  lane: 'hot',
  permission: 'enrichment.read',
  summary: 'Lists that were brought in, newest first, and how their headers were read.',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        created: z.int(),
        known: z.int(),
        duplicates: z.int(),
        refused: z.int(),
        people: z.int(),
        createdAt: Instant,
      }),
    ),
    /** Header, without case and marks, to field: the newest choice of each. */
    remembered: z.record(z.string(), z.string()),
  }),
  async run({ tx }) {
    const remembered: Record<string, string> = {};
    for (const { mapping } of await tx.rows(readMappings))
      for (const [header, field] of Object.entries(mapping)) remembered[header] ??= field;
    return { items: await tx.rows(readImports), remembered };
  },
});

function typedRows(
  rows: readonly Record<string, unknown>[],
  firstLine: number,
  lines: readonly number[] | undefined,
): { typed: RowToTake[]; refused: TakenRow[] } {
  const typed: RowToTake[] = [];
  const refused: TakenRow[] = [];
  for (const [at, raw] of rows.entries()) {
    const line = lines?.[at] ?? firstLine + at;
    const read = Row.safeParse(raw);
    // Safe: the shape is that of the fields.
    if (read.success) typed.push({ line, row: read.data as ImportRow });
    else refused.push({ line, outcome: 'refused', reason: problemOf(read.error) });
  }
  return { typed, refused };
}

function problemOf({ issues }: z.ZodError): string {
  const [first] = issues;
  if (first?.code === 'unrecognized_keys') return `unknown field: ${first.keys.join(', ')}`;
  return `${first?.path.join('.') ?? 'the row'}: ${first?.message ?? 'is not valid'}`;
}
