/** Budgets nest: a call needs room in each that applies to it. In the order in which one that is empty is named. */
export const SHARED_SCOPES = ['month', 'team', 'campaign', 'run'] as const;
/** Budgets of many records; the record's own is the ceiling of its waterfall version. */
export type SharedScope = (typeof SHARED_SCOPES)[number];
/** `checks`: what the product asks by itself, a part of it in a month. */
export type BudgetScope = SharedScope | 'checks' | 'record';

/** A budget by what it is for; `limitMicros` is what it begins with if nobody has set one. */
export type WantedBudget<Scope extends BudgetScope = BudgetScope> = {
  scope: Scope;
  period: string;
  limitMicros: number;
};

/** Limit of a budget that only counts. */
export const NO_LIMIT = Number.MAX_SAFE_INTEGER;
/** Monthly limit of a new workspace, until RevOps sets its own. */
export const DEFAULT_MONTH_LIMIT_MICROS = 50_000_000;
/** Share of a budget from which people are warned. */
export const WARN_SHARE = 0.8;

export const monthOf = (now: Date): string => now.toISOString().slice(0, 7);
export const teamPeriod = (teamId: string, now: Date): string => `${teamId}/${monthOf(now)}`;

/** What a call is for, as far as money is concerned; null where there is none. */
export type SpentFor = { teamId: string | null; campaignId: string | null; runId: string | null };

/** Budgets that a call has with others. */
export function sharedBudgets(spentFor: SpentFor, now: Date): WantedBudget<SharedScope>[] {
  const { teamId, campaignId, runId } = spentFor;
  return [
    { scope: 'month', period: monthOf(now), limitMicros: DEFAULT_MONTH_LIMIT_MICROS },
    ...(teamId === null
      ? []
      : [{ scope: 'team' as const, period: teamPeriod(teamId, now), limitMicros: NO_LIMIT }]),
    ...(campaignId === null
      ? []
      : [{ scope: 'campaign' as const, period: campaignId, limitMicros: NO_LIMIT }]),
    // Made with the run if it has a limit; this one only stands in for it.
    ...(runId === null ? [] : [{ scope: 'run' as const, period: runId, limitMicros: NO_LIMIT }]),
  ];
}

export const recordBudget = (personId: string, ceilingMicros: number): WantedBudget<'record'> => ({
  scope: 'record',
  period: personId,
  limitMicros: ceilingMicros,
});

/** Whose budget has no room, as a caller of one record reads it. */
export const BUDGET_WORDS: Readonly<Record<BudgetScope, string>> = {
  month: "workspace's monthly",
  team: "team's monthly",
  campaign: "campaign's",
  run: "run's",
  checks: "checks' monthly",
  record: "record's",
};

/** Why a run stands still, and what to do. @param name of the team or the campaign */
export function emptyBudget(scope: SharedScope, name: string): string {
  if (scope === 'month')
    return 'The workspace’s budget of this month is used up. Raise it, or go on next month.';
  if (scope === 'team')
    return `The budget of team ${name} for this month is used up. Raise it, or go on next month.`;
  if (scope === 'campaign') return `The budget of ${name} is used up. Raise it to go on.`;
  return 'The budget of this run is used up. Raise it to go on.';
}

export type Spending = { limitMicros: number | null; reservedMicros: number; chargedMicros: number };

/** How far a month is, and whether its money lasts. */
export type MonthPace = {
  /** Share of the month that has passed, 0–1. */
  passed: number;
  /** What the month would cost at the pace so far; null in its first day, which tells nothing. */
  projectedMicros: number | null;
  /** When the limit is reached at that pace; null if it lasts. */
  emptyOn: Date | null;
};

const DAY_MS = 86_400_000;

export function monthPace({ limitMicros, reservedMicros, chargedMicros }: Spending, now: Date): MonthPace {
  const begin = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  const end = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
  const passedMs = now.getTime() - begin;
  const passed = passedMs / (end - begin);
  const used = chargedMicros + reservedMicros;
  if (passedMs < DAY_MS || used === 0) return { passed, projectedMicros: null, emptyOn: null };
  const projectedMicros = Math.round(used / passed);
  if (limitMicros === null || projectedMicros <= limitMicros)
    return { passed, projectedMicros, emptyOn: null };
  const emptyMs = begin + (limitMicros / used) * passedMs;
  return { passed, projectedMicros, emptyOn: new Date(Math.max(now.getTime(), emptyMs)) };
}

export const isNearlySpent = ({ limitMicros, reservedMicros, chargedMicros }: Spending): boolean =>
  limitMicros !== null && chargedMicros + reservedMicros >= WARN_SHARE * limitMicros;
