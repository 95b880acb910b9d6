import { Done, Instant, Named } from '@penstock/kernel/contract';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import * as sql from '../champion-checks/check-statements.ts';
import { tierTerms } from '../champion-checks/poll-champions.ts';
import { tierPeriod } from '../model/champion-tiers.ts';
import { CHAMPION_TIERS } from '../model/departure.ts';
import { Tier } from './manage-champions.ts';

/** A vendor that tells of jobs, with or without a key. */
type Offered = { id: string; name: string; priceMicros: number; tellsChangesFree: boolean };

const SHOWN = 100;

const Check = z.object({
  person: Named,
  account: Named,
  tier: Tier,
  provider: z.string(),
  /** `unchanged`: by the vendor's free word. `unclear`: two jobs, no dates, never there. */
  state: z.enum([
    'waiting',
    'same',
    'elsewhere',
    'unclear',
    'nothing',
    'unchanged',
    'gone',
    'held',
    'failed',
    'unknown',
  ]),
  because: z.string(),
  askedAt: Instant.nullable(),
  costMicros: z.int(),
  spentMicros: z.int(),
  dueAt: Instant.nullable(),
});

const Told = z.object({
  vendors: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      priceMicros: z.int(),
      tellsChangesFree: z.boolean(),
      hasKey: z.boolean(),
    }),
  ),
  tiers: z.array(
    z.object({
      tier: Tier,
      everyDays: z.int(),
      budgetMicros: z.int(),
      usedMicros: z.int(),
      watched: z.int(),
      overdue: z.int(),
      held: z.int(),
    }),
  ),
  checks: z.array(Check),
  /** True where more have been asked about than are listed. */
  more: z.boolean(),
});

export const readChampionChecks = (offered: readonly Offered[]) =>
  query({
    name: 'champions.checks',
    lane: 'hot',
    permission: 'settings.read',
    summary:
      'Which vendors are asked whether champions still work where they did: the cadence and budget of each tier, what is used of it, and who was asked last, by whom, for what.',
    input: z.object({}),
    output: Told,
    async run({ tx, now }) {
      const keyed = new Set((await tx.rows(sql.readKeyed)).map(({ provider }) => provider));
      const terms = await tierTerms(tx);
      const figures = await tx.rows(
        sql.readTierFigures,
        [...CHAMPION_TIERS],
        CHAMPION_TIERS.map((tier) => tierPeriod(tier, now)),
        now,
      );
      const rows = await tx.rows(sql.readChecks, SHOWN + 1);
      const nameOf = (provider: string) => offered.find(({ id }) => id === provider)?.name ?? provider;
      const none = { watched: 0, overdue: 0, held: 0, usedMicros: 0 };
      return {
        vendors: offered.map((vendor) => ({ ...vendor, hasKey: keyed.has(vendor.id) })),
        tiers: CHAMPION_TIERS.map((tier) => ({
          ...(figures.find((row) => row.tier === tier) ?? none),
          ...terms[tier],
          tier,
        })),
        checks: rows.slice(0, SHOWN).map(({ personId, personName, accountId, accountName, ...row }) => ({
          ...row,
          state: Check.shape.state.parse(row.state),
          provider: nameOf(row.provider),
          person: { id: personId, name: personName },
          account: { id: accountId, name: accountName },
        })),
        more: rows.length > SHOWN,
      };
    },
  });

export const setChampionTier = command({
  name: 'champions.setTier',
  lane: 'hot',
  permission: 'icp.edit',
  summary: 'How often vendors are asked about champions of a tier, and what that may cost in a month.',
  input: z.strictObject({
    tier: Tier,
    everyDays: z.int().min(1).max(365),
    budgetMicros: z.int().min(0).max(1_000_000_000_000),
  }),
  output: Done,
  async run({ tx, actor, now }, { tier, everyDays, budgetMicros }) {
    await tx.rows(sql.saveTier, tier, everyDays, budgetMicros, actor.id, now);
    await tx.rows(sql.dueByCadence, tier, everyDays, now);
    return {
      output: { id: tx.workspaceId },
      audit: {
        action: 'champions.tier_set',
        subjectKind: 'workspace',
        subjectId: tx.workspaceId,
        detail: { tier, everyDays, budgetMicros },
      },
      events: [{ kind: 'settings.changed', payload: { what: 'champions' } }],
    };
  },
});
