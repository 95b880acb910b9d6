import { Done, Instant } from '@penstock/kernel/contract';
import { countFollowers } from '@penstock/store/follow';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import * as pairs from '../duplicate-statements.ts';
import { findDuplicates } from '../find-duplicates.ts';
import { pairOf } from '../merge-records.ts';
import * as sql from '../merge-statements.ts';
import { chooseFields } from '../model/merge-fields.ts';
import { suppressedOf } from '../suppression.ts';

export const MergeKind = z.enum(['person', 'account']);
export const Pair = z.strictObject({ kind: MergeKind, keepId: z.uuid(), otherId: z.uuid() });
export const Take = z.array(z.string().max(40)).max(20).default([]);
const Value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const Side = z.object({ id: z.string(), name: z.string(), hint: z.string() });

export const listDuplicates = query({
  name: 'duplicates.list',
  lane: 'hot',
  permission: 'account.read',
  summary: 'Pairs of people or accounts that may be one, with the reasons, the likeliest first.',
  input: z.object({
    kind: MergeKind.default('person'),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  output: z.object({
    items: z.array(z.object({ first: Side, second: Side, reasons: z.array(z.string()), score: z.number() })),
    open: z.object({ person: z.int(), account: z.int() }),
  }),
  async run({ tx }, { kind, limit }) {
    const rows = await tx.rows(kind === 'person' ? pairs.listPeoplePairs : pairs.listCompanyPairs, limit);
    const counts = new Map((await tx.rows(pairs.countPairs)).map((row) => [row.kind, row.count]));
    return {
      items: rows.map((row) => ({
        first: { id: row.lowId, name: row.lowName, hint: row.lowHint },
        second: { id: row.highId, name: row.highName, hint: row.highHint },
        reasons: row.reasons,
        score: row.score,
      })),
      open: { person: counts.get('person') ?? 0, account: counts.get('account') ?? 0 },
    };
  },
});

export const compareDuplicates = query({
  name: 'duplicates.compare',
  lane: 'hot',
  permission: 'account.read',
  summary:
    'Two records side by side: which value of each field would survive and why, and what would go over to the one that is kept.',
  // Chosen fields as one text, because a query string holds no list.
  input: Pair.extend({ take: z.string().max(400).default('') }),
  output: z.object({
    keptName: z.string(),
    otherName: z.string(),
    fields: z.array(
      z.object({
        field: z.string(),
        kept: Value,
        other: Value,
        from: z.enum(['kept', 'other']),
        because: z.string(),
      }),
    ),
    moves: z.array(z.object({ what: z.string(), kept: z.int(), other: z.int() })),
    /** One of them may not be looked up or written to; that would hold for both. */
    suppressed: z.boolean(),
  }),
  async run({ tx }, { take, ...pair }) {
    const { kept, other } = pairOf(await tx.rows(sql.READ[pair.kind], [pair.keepId, pair.otherId]), pair);
    const choices = chooseFields(kept.fields, other.fields, new Set(take.split(',')));
    const ofKept = new Map(
      (await countFollowers(tx, pair.kind, kept.id)).map(({ what, count }) => [what, count]),
    );
    const ofOther = new Map(
      (await countFollowers(tx, pair.kind, other.id)).map(({ what, count }) => [what, count]),
    );
    const addresses = pair.kind === 'person' ? await tx.rows(sql.addressesOf, [kept.id, other.id]) : [];
    return {
      keptName: kept.name,
      otherName: other.name,
      fields: choices
        .filter((choice) => choice.because !== 'unknown of both')
        .map((choice) => ({
          ...choice,
          kept: kept.labels[choice.field] ?? choice.kept,
          other: other.labels[choice.field] ?? choice.other,
        })),
      moves: [...new Set([...ofKept.keys(), ...ofOther.keys()])].map((what) => ({
        what,
        kept: ofKept.get(what) ?? 0,
        other: ofOther.get(what) ?? 0,
      })),
      suppressed:
        (
          await suppressedOf(
            tx,
            addresses.map(({ address }) => address),
          )
        ).size > 0,
    };
  },
});

export const lookForDuplicates = command({
  name: 'duplicates.find',
  lane: 'hot',
  permission: 'account.write',
  summary: 'Look through all people and accounts for pairs that may be one. Also done by itself every day.',
  input: z.object({}),
  output: z.object({ people: z.int(), accounts: z.int() }),
  async run({ tx, actor, now }) {
    const found = await findDuplicates(tx, now);
    return {
      output: found,
      audit: {
        action: 'duplicates.found',
        subjectKind: 'workspace',
        subjectId: actor.workspaceId,
        detail: found,
      },
    };
  },
});

export const keepDuplicatesApart = command({
  name: 'duplicates.keepApart',
  lane: 'hot',
  permission: 'account.write',
  summary: 'Say that two records are not the same. It is remembered.',
  input: Pair,
  output: Done,
  async run({ tx, actor, now }, pair) {
    pairOf(await tx.rows(sql.READ[pair.kind], [pair.keepId, pair.otherId]), pair);
    await tx.rows(pairs.keepApart, pair.kind, pair.keepId, pair.otherId, actor.id, now);
    return {
      output: { id: pair.keepId },
      audit: {
        action: `${pair.kind}.kept_apart`,
        subjectKind: pair.kind,
        subjectId: pair.keepId,
        detail: { otherId: pair.otherId },
      },
    };
  },
});

export const listMerges = query({
  name: 'duplicates.merges',
  lane: 'hot',
  permission: 'account.read',
  summary: 'What was merged, by whom and when, and whether it was undone.',
  input: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        kind: MergeKind,
        keptId: z.string(),
        keptName: z.string(),
        otherName: z.string(),
        by: z.string(),
        mergedAt: Instant,
        undoneAt: Instant.nullable(),
      }),
    ),
  }),
  run: async ({ tx }, { limit }) => ({ items: await tx.rows(sql.listMerges, limit) }),
});
