import { WARN_SHARE } from './budgets.ts';

export const ALERT_KINDS = [
  'paid_calls_stopped',
  'key_refused',
  'budget_nearly_spent',
  'balance_low',
  'provider_failing',
  'provider_errors',
  'hit_rate_fallen',
  'unknown_waiting',
  'source_failing',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Ids and names of vendors; never anything of a person. */
export type About = Readonly<Record<string, string>>;
export type Figures = Readonly<Record<string, number>>;

/** Something amiss. One that only `keeps` is not bad enough for a new alert, but for one that is open: so none flickers. */
export type Cause = { kind: AlertKind; subject: string; about: About; figures: Figures; keeps: boolean };
export type OpenAlert = { id: string; kind: AlertKind; subject: string; figures: Figures };

export type AlertChanges = {
  opens: Cause[];
  closes: OpenAlert[];
  changes: { id: string; figures: Figures }[];
};

const keyOf = ({ kind, subject }: Pick<Cause, 'kind' | 'subject'>): string => `${kind} ${subject}`;
const same = (a: Figures, b: Figures): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([name, value]) => b[name] === value);

/**
 * What becomes of the alerts of some kinds, given everything that is amiss just now.
 * @param open of these kinds alone
 */
export function compareAlerts(open: readonly OpenAlert[], causes: readonly Cause[]): AlertChanges {
  const openOf = new Map(open.map((alert) => [keyOf(alert), alert]));
  const causeOf = new Map(causes.map((cause) => [keyOf(cause), cause]));
  return {
    opens: [...causeOf.values()].filter((cause) => !cause.keeps && !openOf.has(keyOf(cause))),
    closes: open.filter((alert) => !causeOf.has(keyOf(alert))),
    changes: open.flatMap((alert) => {
      const cause = causeOf.get(keyOf(alert));
      return cause === undefined || same(cause.figures, alert.figures)
        ? []
        : [{ id: alert.id, figures: cause.figures }];
    }),
  };
}

/** Share of a budget below which an alert about it closes. */
export const BUDGET_KEEP_SHARE = 0.75;

export const budgetCause = (used: { limitMicros: number; usedMicros: number }): 'opens' | 'keeps' | null => {
  const share = used.usedMicros / used.limitMicros;
  if (share >= WARN_SHARE) return 'opens';
  return share >= BUDGET_KEEP_SHARE ? 'keeps' : null;
};

const LOW_DAYS = 7;
const KEEP_DAYS = 9;

/** How long credits last at the use of the last week. @param overDays since the first of these calls, at most 7 */
export function balanceCause(use: { credits: number; usedCredits: number; overDays: number }): {
  state: 'opens' | 'keeps' | null;
  perDay: number;
  daysLeft: number | null;
} {
  const perDay = use.usedCredits / Math.max(1, use.overDays);
  const daysLeft = perDay > 0 ? use.credits / perDay : null;
  if (use.credits <= 0) return { state: 'opens', perDay, daysLeft: 0 };
  if (daysLeft === null || daysLeft >= KEEP_DAYS) return { state: null, perDay, daysLeft };
  return { state: daysLeft < LOW_DAYS ? 'opens' : 'keeps', perDay, daysLeft };
}

const FEW_CALLS = 20;
const ERROR_SHARE = 0.2;
const KEEP_ERROR_SHARE = 0.1;

/** Of the calls of the last hour, those that the vendor failed to answer. */
export function errorCause({ calls, failed }: { calls: number; failed: number }): 'opens' | 'keeps' | null {
  if (calls === 0) return null;
  const share = failed / calls;
  if (calls >= FEW_CALLS && share >= ERROR_SHARE) return 'opens';
  return share >= KEEP_ERROR_SHARE ? 'keeps' : null;
}

export type HitRates = { lately: { hits: number; of: number }; before: { hits: number; of: number } };
const ENOUGH_LATELY = 50;
const ENOUGH_BEFORE = 200;
const FALLEN_TO = 0.7;
const KEEP_FALLEN_TO = 0.85;
/** Standard errors: one in a thousand such differences is chance. */
const SIGNIFICANT = 3.1;

/** Whether a provider finds clearly less than it did: by a third at least, and by more than chance. */
export function hitRateCause({ lately, before }: HitRates): 'opens' | 'keeps' | null {
  if (lately.of < ENOUGH_LATELY || before.of < ENOUGH_BEFORE || before.hits === 0) return null;
  const [now, then] = [lately.hits / lately.of, before.hits / before.of];
  const both = (lately.hits + before.hits) / (lately.of + before.of);
  const error = Math.sqrt(both * (1 - both) * (1 / lately.of + 1 / before.of));
  if (now <= FALLEN_TO * then && (then - now) / error >= SIGNIFICANT) return 'opens';
  return now <= KEEP_FALLEN_TO * then ? 'keeps' : null;
}
