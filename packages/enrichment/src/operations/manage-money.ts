import { Done, Instant, plainText, pageOf } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { lowestIdAt } from '@penstock/kernel/ids';
import { maybeOne, one } from '@penstock/store/tx';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { isNearlySpent, monthOf } from '../model/budgets.ts';
import * as sql from '../money-statements.ts';
import { settleUnknown } from '../reconcile/settle-unknown.ts';
import { monthBudget } from './manage-budgets.ts';

const Amounts = z.object({
  limitMicros: z.int().nullable(),
  /** For calls under way, and for those of unknown charge. */
  reservedMicros: z.int(),
  chargedMicros: z.int(),
});
export const readMoney = query({
  name: 'enrichment.money',
  lane: 'hot',
  permission: 'enrichment.read',
  summary:
    'The month’s budget with what is spent, reserved and left; the switch of all paid calls; calls of unknown charge.',
  input: z.object({}),
  output: z.object({
    month: Amounts.extend({ period: z.string(), limitMicros: z.int() }),
    /** Spent and reserved are at or above the share from which one is warned. */
    monthNearlySpent: z.boolean(),
    stopped: z.boolean(),
    turned: z.object({ name: z.string(), at: Instant, reason: z.string() }).nullable(),
    unknown: z.array(z.object({ provider: z.string(), calls: z.int(), reservedMicros: z.int() })),
  }),
  async run({ tx, now }) {
    const month = { period: monthOf(now), ...(await monthBudget(tx, now)) };
    return {
      month,
      monthNearlySpent: isNearlySpent(month),
      stopped: (await one(tx, sql.readSwitch)).stopped,
      turned: await maybeOne(tx, sql.readSwitchTurn),
      unknown: await tx.rows(sql.sumUnknown),
    };
  },
});

export const switchPaidCalls = command({
  name: 'enrichment.switchPaidCalls',
  lane: 'hot',
  permission: 'providers.manage',
  summary:
    'Stop every paid call of the workspace, or allow them again. Runs that stand still are resumed by hand.',
  input: z.object({
    stopped: z.boolean(),
    reason: plainText(200).pipe(z.string().min(1, 'is missing: say why, for those who wonder')),
  }),
  output: Done,
  async run({ tx }, { stopped, reason }) {
    await tx.rows(sql.turnSwitch, stopped);
    return {
      output: { id: tx.workspaceId },
      audit: {
        action: stopped ? 'paid_calls.stopped' : 'paid_calls.allowed',
        subjectKind: 'workspace',
        subjectId: tx.workspaceId,
        detail: { reason },
      },
      events: [{ kind: 'settings.changed', payload: { what: 'workspace' } }],
    };
  },
});

const PAGE = 100;

export const listUnknownCharges = query({
  name: 'enrichment.unknownCharges',
  lane: 'hot',
  permission: 'enrichment.read',
  summary:
    'Calls that may have been charged: made, but never answered. Their money stays reserved until somebody decides.',
  input: z.object({ cursor: z.uuid().nullish() }),
  output: pageOf(
    z.object({
      id: z.string(),
      provider: z.string(),
      capability: z.string(),
      personId: z.string(),
      person: z.string(),
      company: z.string().nullable(),
      reservedMicros: z.int(),
      outcome: z.string(),
      /** Why it has not been settled by itself. */
      note: z.string(),
      reservedAt: Instant,
      latencyMs: z.int().nullable(),
    }),
  ),
  async run({ tx }, { cursor }) {
    const items = await tx.rows(sql.readUnknown, cursor ?? null, PAGE);
    return { items, nextCursor: items.length === PAGE ? (items.at(-1)?.id ?? null) : null };
  },
});

export const listSettledCharges = query({
  name: 'enrichment.settledCharges',
  lane: 'hot',
  permission: 'enrichment.read',
  summary:
    'Calls of unknown charge that were settled lately: by a person, by the key’s balance, or by a free look-up.',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        provider: z.string(),
        capability: z.string(),
        by: z.enum(['person', 'balance', 'look_up']),
        chargedMicros: z.int(),
        outcome: z.string(),
        settledAt: Instant,
      }),
    ),
  }),
  async run({ tx, now }) {
    const since = lowestIdAt(new Date(now.getTime() - SETTLED_LATELY_MS));
    return { items: await tx.rows(sql.readSettled, since, PAGE) };
  },
});

const SETTLED_LATELY_MS = 30 * 86_400_000;

export const reconcileCharges = command({
  name: 'enrichment.reconcileCharges',
  lane: 'hot',
  permission: 'providers.manage',
  summary:
    'Decide for calls of unknown charge: charged at the reserved price, or not charged and free to be made again.',
  input: z.object({
    ids: z.array(z.uuid()).min(1).max(500),
    decision: z.enum(['charged', 'not_charged']),
    /** Where it was seen: the vendor's usage page, an invoice. */
    evidence: plainText(200).pipe(z.string().min(1, 'is missing: say where it was seen')),
  }),
  output: z.object({ settled: z.int(), chargedMicros: z.int() }),
  async run({ tx, now }, { ids, decision, evidence }) {
    const charged = decision === 'charged';
    const rows = await settleUnknown(tx, ids, charged, { word: 'by a person', by: 'person' }, now);
    if (rows.length === 0)
      throw new DomainError('conflict', 'These calls are settled already. Load the page again.');
    return {
      output: {
        settled: rows.length,
        chargedMicros: rows.reduce((sum, { chargedMicros }) => sum + chargedMicros, 0),
      },
      audit: {
        action: 'charges.reconciled',
        subjectKind: 'spend_ledger',
        subjectId: rows[0]?.id ?? '',
        detail: { decision, evidence, calls: rows.length },
      },
      events: [{ kind: 'settings.changed', payload: { what: 'budgets' } }],
    };
  },
});
