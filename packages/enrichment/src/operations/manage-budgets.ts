import { Done, Instant, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { maybeOne, one, type Tx } from '@penstock/store/tx';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import * as sql from '../budget-statements.ts';
import {
  DEFAULT_MONTH_LIMIT_MICROS,
  monthOf,
  monthPace,
  NO_LIMIT,
  SHARED_SCOPES,
  teamPeriod,
  type SharedScope,
  type Spending,
} from '../model/budgets.ts';
import { readMonthLimit } from '../money-statements.ts';

const Amounts = z.object({
  /** Null for one that only counts. */
  limitMicros: z.int().nullable(),
  /** For calls under way, and for those of unknown charge. */
  reservedMicros: z.int(),
  chargedMicros: z.int(),
});
const Monthly = Amounts.extend({
  /** Of the whole month at the pace so far; null in its first day. */
  projectedMicros: z.int().nullable(),
  /** When it is empty at that pace; null if it lasts. */
  emptyOn: Instant.nullable(),
});

const withPace = <Row extends Spending>(row: Row, now: Date) => {
  const { projectedMicros, emptyOn } = monthPace(row, now);
  return { ...row, projectedMicros, emptyOn };
};

/** The workspace's month: its limit, and what of it is spent. */
export async function monthBudget(tx: Tx, now: Date): Promise<Spending & { limitMicros: number }> {
  const newest = await maybeOne(tx, readMonthLimit, monthOf(now));
  const limitMicros = newest?.limitMicros ?? DEFAULT_MONTH_LIMIT_MICROS;
  return newest?.period === monthOf(now)
    ? { limitMicros, reservedMicros: newest.reservedMicros, chargedMicros: newest.chargedMicros }
    : { limitMicros, reservedMicros: 0, chargedMicros: 0 };
}

export const readBudgets = query({
  name: 'enrichment.budgets',
  lane: 'hot',
  permission: 'enrichment.read',
  summary:
    'All budgets as they nest: the workspace’s month, teams, campaigns and lists, runs; spent, reserved, left, and whether the month lasts.',
  input: z.object({}),
  output: z.object({
    month: Monthly.extend({ period: z.string(), limitMicros: z.int(), passed: z.number() }),
    teams: z.array(Monthly.extend({ id: z.string(), name: z.string() })),
    campaigns: z.array(
      Amounts.extend({
        id: z.string(),
        name: z.string(),
        /** The list whose runs belong to it without being told. */
        list: z.string().nullable(),
        runs: z.int(),
        /** It begins no runs any more. */
        closed: z.boolean(),
      }),
    ),
    runs: z.array(
      Amounts.extend({
        id: z.string(),
        name: z.string(),
        state: z.string(),
        team: z.string().nullable(),
        campaignId: z.string().nullable(),
      }),
    ),
  }),
  async run({ tx, now }) {
    const month = await monthBudget(tx, now);
    const teams = await tx.rows(sql.readTeamBudgets, monthOf(now));
    const { passed } = monthPace(month, now);
    return {
      month: { ...withPace(month, now), limitMicros: month.limitMicros, period: monthOf(now), passed },
      teams: teams.map((team) => withPace(team, now)),
      campaigns: await tx.rows(sql.readCampaignBudgets),
      runs: await tx.rows(sql.readBudgetsOfRuns),
    };
  },
});

const Limit = z.int().min(0).max(1_000_000_000_000);
const Reason = plainText(200).pipe(z.string().min(1, 'is missing: say why, for those who wonder'));
const Which = {
  scope: z.enum(SHARED_SCOPES),
  /** The team, campaign or run; left out for the workspace’s month. */
  id: z.uuid().nullish(),
};

/** What a budget is of, and where its changes are found. */
async function subjectOf(
  tx: Tx,
  { scope, id }: { scope: SharedScope; id?: string | null | undefined },
  now: Date,
): Promise<{ period: string; subjectId: string; series: number }> {
  if (scope === 'month') return { period: monthOf(now), subjectId: 'month', series: 0 };
  if (!id)
    throw new DomainError('invalid', `id: say which ${scope}.`, {
      issues: [{ field: 'id', problem: 'is missing', remedy: `Give the id of the ${scope}.` }],
    });
  if (!(await maybeOne(tx, sql.readBudgetSubject[scope], id)))
    throw new DomainError('not_found', `id: there is no such ${scope} in this workspace.`);
  const period = scope === 'team' ? teamPeriod(id, now) : id;
  return { period, subjectId: `${scope}/${id}`, series: scope === 'team' ? id.length + 1 : period.length };
}

export const setBudget = command({
  name: 'enrichment.setBudget',
  lane: 'hot',
  permission: 'providers.manage',
  summary:
    'What a month, a team’s month, a campaign or a run may cost; months to come begin with the same. Null lifts the limit of all but the workspace’s month.',
  input: z.object({ ...Which, limitMicros: Limit.nullable(), reason: Reason }),
  output: Done,
  async run({ tx, now }, { scope, id, limitMicros, reason }) {
    if (scope === 'month' && limitMicros === null)
      throw new DomainError('invalid', 'limitMicros: the workspace’s month always has a limit.', {
        issues: [{ field: 'limitMicros', problem: 'is missing', remedy: 'Give an amount.' }],
      });
    const { period, subjectId, series } = await subjectOf(tx, { scope, id }, now);
    const before = await maybeOne(tx, sql.readLimit, scope, period, series);
    const begun = scope === 'month' ? DEFAULT_MONTH_LIMIT_MICROS : NO_LIMIT;
    const was = before?.limitMicros ?? begun;
    const fromMicros = was < NO_LIMIT ? was : null;
    const set = await one(tx, sql.setLimit, newId(now), scope, period, limitMicros ?? NO_LIMIT);
    return {
      output: { id: set.id },
      audit: {
        action: 'budget.set',
        subjectKind: 'budget',
        subjectId,
        detail: { scope, period, fromMicros, toMicros: limitMicros, reason },
      },
      events: [{ kind: 'settings.changed', payload: { what: 'budgets' } }],
    };
  },
});

export const listBudgetChanges = query({
  name: 'enrichment.budgetChanges',
  lane: 'hot',
  permission: 'enrichment.read',
  summary: 'Who changed a budget, from what to what, and why; newest first.',
  input: z.object(Which),
  output: z.object({
    items: z.array(
      z.object({
        by: z.string(),
        at: Instant,
        fromMicros: z.int().nullable(),
        toMicros: z.int().nullable(),
        reason: z.string(),
      }),
    ),
  }),
  async run({ tx, now }, input) {
    const { subjectId } = await subjectOf(tx, input, now);
    return { items: await tx.rows(sql.readBudgetChanges, subjectId) };
  },
});

export const createCampaign = command({
  name: 'enrichment.createCampaign',
  lane: 'hot',
  permission: 'providers.manage',
  summary:
    'A campaign, or a list that was brought in, with a budget over all its runs. Runs name their campaign when they start; runs over the list belong to it.',
  input: z.object({
    name: plainText(120).pipe(z.string().min(1, 'is missing: give it a name')),
    importId: z.uuid().nullish(),
    limitMicros: Limit.nullish(),
  }),
  output: Done,
  async run({ tx, actor, now }, { name, importId = null, limitMicros = null }) {
    if (importId !== null && !(await maybeOne(tx, sql.findImport, importId)))
      throw new DomainError('not_found', 'importId: there is no such list in this workspace.');
    const id = newId(now);
    const made = await tx.rows(sql.insertCampaign, id, name, importId, actor.id, now);
    if (made.length === 0)
      throw new DomainError('conflict', 'There is a campaign of this name, or of this list, already.', {
        issues: [
          { field: 'name', problem: 'is taken', remedy: 'Choose another name, or use that campaign.' },
        ],
      });
    await tx.rows(sql.setLimit, newId(now), 'campaign', id, limitMicros ?? NO_LIMIT);
    return {
      output: { id },
      audit: {
        action: 'budget.set',
        subjectKind: 'budget',
        subjectId: `campaign/${id}`,
        detail: { scope: 'campaign', period: id, fromMicros: null, toMicros: limitMicros, reason: 'begun' },
      },
      events: [{ kind: 'settings.changed', payload: { what: 'budgets' } }],
    };
  },
});
