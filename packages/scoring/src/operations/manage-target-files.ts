import { Done, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { maybeOne, one } from '@penstock/store/tx';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import * as sql from '../lists/list-statements.ts';
import { takeTargets } from '../lists/take-targets.ts';
import { readTarget, TARGET_FIELDS, type TargetRow } from '../model/target-row.ts';

const ROWS_AT_ONCE = 500;
const Row = z.strictObject({
  domain: z.string().max(2_000).optional(),
  company: z.string().max(2_000).optional(),
  country: z.string().max(2_000).optional(),
});
/** Each row is judged by itself: one that is wrong is named, and the others go on. */
const Rows = {
  rows: z.array(z.record(z.string(), z.unknown())).min(1).max(ROWS_AT_ONCE),
  /** Line of each row in its file; left out, they count from one. */
  lines: z.array(z.int()).max(ROWS_AT_ONCE).optional(),
};
const Outcome = z.enum(['known', 'proposed', 'ambiguous', 'duplicate', 'refused']);
const Taken = z.object({ line: z.int(), outcome: Outcome, reason: z.string() });
type Taken = z.input<typeof Taken>;

function typed(rows: readonly Record<string, unknown>[], lines: readonly number[] | undefined) {
  const good: { line: number; row: TargetRow }[] = [];
  const refused: Taken[] = [];
  for (const [at, raw] of rows.entries()) {
    const line = lines?.[at] ?? at + 1;
    const read = Row.safeParse(raw);
    if (read.success) {
      const { domain = '', company = '', country = '' } = read.data;
      good.push({ line, row: { domain, company, country } });
      continue;
    }
    const [first] = read.error.issues;
    const reason =
      first?.code === 'unrecognized_keys'
        ? `unknown field: ${first.keys.join(', ')}; a row has ${TARGET_FIELDS.join(', ')}`
        : `${first?.path.join('.') ?? 'the row'}: ${first?.message ?? 'is not valid'}`;
    refused.push({ line, outcome: 'refused', reason });
  }
  return { good, refused };
}

export const createTargetFile = command({
  name: 'lists.createFile',
  lane: 'hot',
  permission: 'icp.edit',
  summary:
    'Begin a file of target accounts: rows are added to it, and lists may ask for it. The id of one that is there goes on with it, behind its last line.',
  input: z.object({
    id: z.uuid().optional(),
    name: plainText(120).pipe(z.string().min(1, 'is missing: give the file a name')),
    /** Header to field, so that the next file with the same headers is read the same way. */
    mapping: z.record(z.string().max(120), z.enum(TARGET_FIELDS)).default({}),
  }),
  output: z.object({ id: z.string(), lastLine: z.int() }),
  async run({ tx, actor, now }, { id: given, name, mapping }) {
    const id = given ?? newId(now);
    await tx.rows(sql.insertTargetFile, id, name, JSON.stringify(mapping), actor.id, now);
    const { lastLine } = await one(tx, sql.readLastTarget, id);
    return {
      output: { id, lastLine },
      audit: { action: 'target_file.created', subjectKind: 'target_file', subjectId: id },
      events: [{ kind: 'import.changed', payload: { importId: id } }],
    };
  },
});

export const takeTargetRows = command({
  name: 'lists.addTargets',
  lane: 'hot',
  permission: 'icp.edit',
  summary: `Add up to ${ROWS_AT_ONCE} companies to a file of target accounts, each by its web address or its name. Who may be one of several accounts waits for a person; who is unknown is proposed.`,
  input: z.object({ fileId: z.uuid(), ...Rows }),
  output: z.object({ items: z.array(Taken) }),
  async run({ tx, now }, { fileId, rows, lines }) {
    const { good, refused } = typed(rows, lines);
    const taken = await takeTargets(tx, fileId, good, now);
    return {
      output: { items: [...taken, ...refused].toSorted((a, b) => a.line - b.line) },
      audit: {
        action: 'target_file.rows_added',
        subjectKind: 'target_file',
        subjectId: fileId,
        detail: { rows: rows.length },
      },
      events: [{ kind: 'import.changed', payload: { importId: fileId } }],
    };
  },
});

export const checkTargetRows = query({
  name: 'lists.checkTargets',
  lane: 'hot',
  permission: 'icp.edit',
  summary:
    'Which of up to 500 companies could be taken, and which are known by their domain. Changes nothing.',
  input: z.object(Rows),
  output: z.object({
    refused: z.array(Taken),
    /** What tells each of the others apart in its file. */
    good: z.array(z.object({ line: z.int(), key: z.string(), known: z.boolean() })),
  }),
  async run({ tx }, { rows, lines }) {
    const { good, refused } = typed(rows, lines);
    const read = good.map(({ line, row }) => ({ line, ...readTarget(row) }));
    const targets = read.flatMap((one) => ('target' in one ? [{ line: one.line, ...one.target }] : []));
    const domains = targets.flatMap(({ domain }) => domain ?? []);
    const known = new Set((await tx.rows(sql.knownDomains, domains)).map(({ domain }) => domain));
    const wrong = read.flatMap((one): Taken[] =>
      'reason' in one ? [{ line: one.line, outcome: 'refused', reason: one.reason }] : [],
    );
    return {
      refused: [...refused, ...wrong].toSorted((a, b) => a.line - b.line),
      good: targets.map(({ line, domain, name }) => ({
        line,
        key: domain ?? name.toLowerCase(),
        known: domain !== null && known.has(domain),
      })),
    };
  },
});

export const removeTargetFile = command({
  name: 'lists.removeFile',
  lane: 'hot',
  permission: 'icp.edit',
  summary:
    'Forget a file of target accounts. Its accounts stay; a list that asks for it has to be changed first.',
  input: z.strictObject({ id: z.uuid() }),
  output: Done,
  async run({ tx }, { id }) {
    const lists = await tx.rows(sql.listsOfFile, id);
    if (lists.length > 0)
      throw new DomainError(
        'conflict',
        `The file is asked for by ${lists.map(({ name }) => `“${name}”`).join(', ')}. Change that first.`,
      );
    if (!(await maybeOne(tx, sql.deleteTargetFile, id)))
      throw new DomainError(
        'not_found',
        'There is no such file of target accounts. It may have been removed.',
      );
    return {
      output: { id },
      audit: { action: 'target_file.removed', subjectKind: 'target_file', subjectId: id },
      events: [{ kind: 'import.changed', payload: { importId: id } }],
    };
  },
});
