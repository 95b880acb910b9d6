import { Done, Instant } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { readKeyed } from '../champion-checks/check-statements.ts';
import { paidPeriod } from '../model/company-news.ts';
import * as sql from '../paid-signals/paid-statements.ts';

/** A source of news that a vendor sells, with or without a key of the workspace. */
type Offer = {
  source: string;
  provider: string;
  vendor: string;
  name: string;
  everyDays: number;
  licence: string;
  canKnow: string;
  cannotKnow: string;
  priceMicros: number;
};

/** About 250 questions at a tenth of a dollar, until RevOps sets another. */
const FIRST_BUDGET_MICROS = 25_000_000;

const Row = z.object({
  source: z.string(),
  vendor: z.string(),
  name: z.string(),
  hasKey: z.boolean(),
  active: z.boolean(),
  everyDays: z.int(),
  budgetMicros: z.int(),
  usedMicros: z.int(),
  /** At most, of one question about one account. */
  priceMicros: z.int(),
  licence: z.string(),
  canKnow: z.string(),
  cannotKnow: z.string(),
  watched: z.int(),
  overdue: z.int(),
  /** Since when the account that has waited longest is due; null where none waits. */
  oldestDueAt: Instant.nullable(),
  held: z.int(),
  heldBecause: z.string(),
  failing: z.int(),
  asked: z.int(),
  signals: z.int(),
});

export const listPaidSources = (offers: readonly Offer[]) =>
  query({
    name: 'sources.paid',
    lane: 'hot',
    permission: 'settings.read',
    summary:
      'News of accounts that vendors sell: price, cadence, budget of the month and what is used of it, how many accounts are watched and wait, and what came of it.',
    input: z.object({}),
    output: z.object({ items: z.array(Row) }),
    async run({ tx, now }) {
      const keyed = new Set((await tx.rows(readKeyed)).map(({ provider }) => provider));
      const set = new Map((await tx.rows(sql.readPaidSources)).map((row) => [row.source, row]));
      const names = offers.map(({ source }) => source);
      const periods = names.map((source) => paidPeriod(source, now));
      const figures = new Map(
        (await tx.rows(sql.readPaidFigures, names, periods, now)).map((row) => [row.source, row]),
      );
      return { items: offers.map((offer) => rowOf(offer, keyed, set, figures)) };
    },
  });

type Figures = NonNullable<(typeof sql.readPaidFigures)['row']>;

function rowOf(
  { provider, ...offer }: Offer,
  keyed: ReadonlySet<string>,
  set: ReadonlyMap<string, sql.PaidSourceRow>,
  figures: ReadonlyMap<string, Figures>,
): z.input<typeof Row> {
  const terms = set.get(offer.source);
  const known = figures.get(offer.source);
  return {
    ...offer,
    hasKey: keyed.has(provider),
    active: terms?.active ?? false,
    everyDays: terms?.everyDays ?? offer.everyDays,
    budgetMicros: terms?.budgetMicros ?? FIRST_BUDGET_MICROS,
    usedMicros: known?.usedMicros ?? 0,
    watched: known?.watched ?? 0,
    overdue: known?.overdue ?? 0,
    oldestDueAt: known?.oldestDueAt ?? null,
    held: known?.held ?? 0,
    heldBecause: known?.heldBecause ?? '',
    failing: known?.failing ?? 0,
    asked: known?.asked ?? 0,
    signals: known?.signals ?? 0,
  };
}

export const setPaidSource = (offers: readonly Offer[]) =>
  command({
    name: 'sources.setPaid',
    lane: 'hot',
    permission: 'icp.edit',
    summary:
      'Switch a paid source on or off, how often it is asked about an account, and what that may cost in a month. What happened while it was off is not asked for.',
    input: z.strictObject({
      source: z.string().max(80),
      active: z.boolean(),
      everyDays: z.int().min(1).max(365),
      budgetMicros: z.int().min(0).max(1_000_000_000_000),
    }),
    output: Done,
    async run({ tx, actor, now }, { source, active, everyDays, budgetMicros }) {
      const offer = offers.find((one) => one.source === source);
      if (!offer) throw new DomainError('not_found', 'source: there is no such paid source.');
      const keyed = await tx.rows(readKeyed);
      if (active && !keyed.some(({ provider }) => provider === offer.provider))
        throw new DomainError(
          'conflict',
          `${offer.vendor} has no key here. Add it under Settings, Providers, first.`,
        );
      const before = (await tx.rows(sql.readPaidSources)).find((row) => row.source === source);
      await tx.rows(sql.savePaidSource, source, active, everyDays, budgetMicros, actor.id, now);
      const dueAt = new Date(now.getTime() + everyDays * 86_400_000);
      if (active && before?.active === false) await tx.rows(sql.beginAnew, source, now, dueAt);
      else await tx.rows(sql.dueByNewCadence, source, everyDays, now);
      return {
        output: { id: tx.workspaceId },
        audit: {
          action: 'sources.paid_set',
          subjectKind: 'workspace',
          subjectId: tx.workspaceId,
          detail: { source, active, everyDays, budgetMicros },
        },
        events: [{ kind: 'settings.changed', payload: { what: 'sources' } }],
      };
    },
  });
