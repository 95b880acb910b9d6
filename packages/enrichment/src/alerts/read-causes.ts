import { lowestIdAt } from '@penstock/kernel/ids';
import { one, type Tx } from '@penstock/store/tx';

import {
  balanceCause,
  BUDGET_KEEP_SHARE,
  budgetCause,
  errorCause,
  hitRateCause,
  type AlertKind,
  type Cause,
} from '../model/alerts.ts';
import { FAULTS_TO_OPEN } from '../model/blocks.ts';
import { monthOf } from '../model/budgets.ts';
import { readStopped } from '../reserve-call.ts';
import * as sql from './cause-statements.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Read = (tx: Tx, now: Date) => Promise<Cause[]>;
/** What other parts of the product know to be amiss. */
export type OtherCauses = Readonly<{ source_failing: (tx: Tx) => Promise<Cause[]> }>;
type Weighed = Omit<Cause, 'keeps'> & { state: 'opens' | 'keeps' | null };

const amiss = (weighed: readonly Weighed[]): Cause[] =>
  weighed.flatMap(({ state, ...cause }) => (state === null ? [] : [{ ...cause, keeps: state === 'keeps' }]));
const inWhole = (value: number): number => Math.round(value * 1_000) / 1_000;

/** The id that a budget's period names, beside its month. */
function idsOf(scope: string, period: string): Record<string, string> {
  if (scope === 'month') return { month: period };
  if (scope === 'team') return { teamId: period.slice(0, -8), month: period.slice(-7) };
  return scope === 'campaign' ? { campaignId: period } : { runId: period };
}

const usedBudgets: Read = async (tx, now) => {
  const rows = await tx.rows(sql.readUsedBudgets, monthOf(now), BUDGET_KEEP_SHARE);
  return amiss(
    rows.map(({ scope, period, limitMicros, usedMicros }) => ({
      kind: 'budget_nearly_spent',
      subject: `${scope} ${period}`,
      about: { scope, ...idsOf(scope, period) },
      figures: { limitMicros, usedMicros },
      state: budgetCause({ limitMicros, usedMicros }),
    })),
  );
};

const stopped: Read = async (tx) =>
  (await one(tx, readStopped)).stopped
    ? [{ kind: 'paid_calls_stopped', subject: '', about: {}, figures: {}, keeps: false }]
    : [];

const failing: Read = async (tx) =>
  (await tx.rows(sql.readFailing, FAULTS_TO_OPEN)).map(({ faults, ...about }) => ({
    kind: 'provider_failing',
    subject: `${about.credentialId} ${about.capability}`,
    about,
    figures: { faults },
    keeps: false,
  }));

const refusedKeys: Read = async (tx) =>
  (await tx.rows(sql.readRefusedKeys)).map((about) => ({
    kind: 'key_refused',
    subject: about.credentialId,
    about,
    figures: {},
    keeps: false,
  }));

const waitingUnknown: Read = async (tx, now) =>
  (await tx.rows(sql.readWaitingUnknown, new Date(now.getTime() - DAY_MS))).map(
    ({ provider, calls, reservedMicros }) => ({
      kind: 'unknown_waiting',
      subject: provider,
      about: { provider },
      figures: { calls, reservedMicros },
      keeps: false,
    }),
  );

const WEEK_MS = 7 * DAY_MS;
const lowBalances: Read = async (tx, now) => {
  const since = new Date(now.getTime() - WEEK_MS);
  const rows = await tx.rows(sql.readBalances, since, lowestIdAt(since));
  return amiss(
    rows.map(({ credentialId, provider, credits, usedCredits, firstAt }) => {
      const overDays = firstAt === null ? 7 : (now.getTime() - firstAt.getTime()) / DAY_MS;
      const { state, perDay, daysLeft } = balanceCause({ credits, usedCredits, overDays });
      return {
        kind: 'balance_low' as const,
        subject: credentialId,
        about: { credentialId, provider },
        figures: {
          credits,
          perDay: inWhole(perDay),
          ...(daysLeft !== null && { daysLeft: Math.floor(daysLeft) }),
        },
        state,
      };
    }),
  );
};

const errors: Read = async (tx, now) => {
  const rows = await tx.rows(sql.readErrors, lowestIdAt(new Date(now.getTime() - HOUR_MS)));
  return amiss(
    rows.map(({ provider, capability, calls, failed }) => ({
      kind: 'provider_errors',
      subject: `${provider} ${capability}`,
      about: { provider, capability },
      figures: { calls, failed },
      state: errorCause({ calls, failed }),
    })),
  );
};

const BEFORE_MS = 28 * DAY_MS;
const fallenHitRates: Read = async (tx, now) => {
  const lately = lowestIdAt(new Date(now.getTime() - DAY_MS));
  const rows = await tx.rows(sql.readHitRates, lowestIdAt(new Date(now.getTime() - BEFORE_MS)), lately);
  return amiss(
    rows.map(({ provider, capability, ...rates }) => ({
      kind: 'hit_rate_fallen',
      subject: `${provider} ${capability}`,
      about: { provider, capability },
      figures: rates,
      state: hitRateCause({
        lately: { hits: rates.latelyHits, of: rates.latelyOf },
        before: { hits: rates.beforeHits, of: rates.beforeOf },
      }),
    })),
  );
};

const READ: Readonly<Record<Exclude<AlertKind, keyof OtherCauses>, Read>> = {
  paid_calls_stopped: stopped,
  key_refused: refusedKeys,
  budget_nearly_spent: usedBudgets,
  provider_failing: failing,
  unknown_waiting: waitingUnknown,
  balance_low: lowBalances,
  provider_errors: errors,
  hit_rate_fallen: fallenHitRates,
};

/** Everything that is amiss just now, of these kinds. */
export async function readCauses(
  tx: Tx,
  kinds: readonly AlertKind[],
  others: OtherCauses,
  now: Date,
): Promise<Cause[]> {
  const read = { ...READ, ...others };
  const causes: Cause[] = [];
  for (const kind of kinds) causes.push(...(await read[kind](tx, now)));
  return causes;
}
