import { Done, Instant, plainText } from '@penstock/kernel/contract';
import { maybeOne } from '@penstock/store/tx';
import { statement } from '@penstock/store/statement';
import { one } from '@penstock/store/tx';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import * as sql from '../champion-statements.ts';
import { markByRules } from '../mark-by-rules.ts';

const countChampions = statement<{ watched: number; open: number }>(
  'count_champions',
  `select (select count(*)::int from champion where workspace_id = $1 and state = 'watched') as watched,
     (select count(*)::int from departure where workspace_id = $1 and state = 'open') as open`,
);

const Policy = z.object({
  note: z.string(),
  retentionMonths: z.int(),
  active: z.boolean(),
  recordedBy: z.string(),
  recordedAt: Instant,
});

export const readChampionPolicy = query({
  name: 'champions.policy',
  lane: 'hot',
  permission: 'settings.read',
  summary:
    'Why and for how long champions are watched; null while nobody has recorded it, and nobody is watched.',
  input: z.object({}),
  output: z.object({ policy: Policy.nullable(), watched: z.int(), open: z.int() }),
  async run({ tx }) {
    return { policy: await maybeOne(tx, sql.readPolicy), ...(await one(tx, countChampions)) };
  },
});

export const saveChampionPolicy = command({
  name: 'champions.savePolicy',
  lane: 'hot',
  permission: 'icp.edit',
  summary:
    'Record the legitimate interest in watching champions and for how long it is kept, or stop watching.',
  input: z.strictObject({
    note: plainText(4_000).pipe(
      z
        .string()
        .min(20, 'is too short: say whose interest it is, why it is needed, and what protects the person'),
    ),
    retentionMonths: z.int().min(1).max(24).default(12),
    active: z.boolean(),
  }),
  output: Done,
  async run({ tx, actor, now }, { note, retentionMonths, active }) {
    await tx.rows(sql.savePolicy, note, retentionMonths, active, actor.name, now);
    const marked = active ? await markByRules(tx, { retentionMonths }, now) : 0;
    return {
      output: { id: tx.workspaceId },
      audit: {
        action: active ? 'champions.watched' : 'champions.stopped',
        subjectKind: 'workspace',
        subjectId: tx.workspaceId,
        detail: { note, retentionMonths, marked },
      },
      events: [{ kind: 'settings.changed', payload: { what: 'champions' } }],
    };
  },
});
