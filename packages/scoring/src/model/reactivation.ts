/** Which open deals stand still, and at which of them the account shows new intent since (R026). */

import { instantInWords } from '@penstock/kernel/dates-in-words';
import { isIntentAlone, SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';

import {
  addEvent,
  contributions,
  fading,
  signalScore,
  type Contribution,
  type IntentModel,
  type Mass,
} from './intent.ts';
import type { PastEvent } from './outlook.ts';

export type DealPulse = {
  stageType: 'open' | 'won' | 'lost' | 'post_sale';
  stageEnteredAt: Date;
  /** Last call, mail, meeting or recorded evidence; null if there was none. */
  lastActivityAt: Date | null;
  /** Of the stays of won deals in this stage, and how many there were. */
  medianDays: number | null;
  stays: number;
};

export type Stall = {
  /** When the usual time had passed without a move. */
  since: Date;
  lastMovedAt: Date;
  usualDays: number;
  usualFrom: 'won_deals' | 'default';
};

export type Reactivation = {
  /** Signal score that the new signals alone give, 0–100. */
  points: number;
  /** When the first of them occurred. */
  since: Date;
  parts: Contribution[];
  /** What to do about the weightiest of them. */
  play: string;
};

const DAY_MS = 86_400_000;
/** Usual time in a stage where too few won deals tell: from here on a deal is flagged (R140–R143). */
export const DEFAULT_USUAL_DAYS = 14;
/** Fewer stays of won deals say nothing of what is usual. */
export const LEAST_STAYS = 5;
/** A median outside is held at these: nobody calls a deal stalled after a day, nor lets one rest for half a year. */
export const LEAST_USUAL_DAYS = 7;
const MOST_USUAL_DAYS = 90;
/** New intent from here on is worth a call: one medium signal of intent, but not one visit. That of the queue of stalled deals. */
export const REACTIVATING_POINTS = 10;

/** Whether a deal has stood still for longer than is usual in its stage; null if not, or if it is decided. */
export function stallOf(deal: DealPulse, at: Date): Stall | null {
  if (deal.stageType !== 'open') return null;
  const { stageEnteredAt, lastActivityAt } = deal;
  const active = lastActivityAt !== null && lastActivityAt > stageEnteredAt && lastActivityAt <= at;
  const lastMovedAt = active ? lastActivityAt : stageEnteredAt;
  const usual = usualTime(deal);
  const since = new Date(lastMovedAt.getTime() + usual.usualDays * DAY_MS);
  return since < at ? { since, lastMovedAt, ...usual } : null;
}

function usualTime({ medianDays, stays }: DealPulse): Pick<Stall, 'usualDays' | 'usualFrom'> {
  if (medianDays === null || stays < LEAST_STAYS)
    return { usualDays: DEFAULT_USUAL_DAYS, usualFrom: 'default' };
  const usualDays = Math.min(MOST_USUAL_DAYS, Math.max(LEAST_USUAL_DAYS, Math.ceil(medianDays)));
  return { usualDays, usualFrom: 'won_deals' };
}

/**
 * New intent at a stalled deal's account, if it is above the line: from signals that occurred after the deal stalled. What threatens open
 * deals does not count, a change of leadership and a rival's install included.
 */
export function reactivationOf(
  model: IntentModel,
  stall: Stall,
  events: readonly PastEvent[],
  at: Date,
): Reactivation | null {
  const fresh = events.filter(
    ({ kind, occurredAt }) => isIntentAlone(kind) && occurredAt > stall.since && occurredAt <= at,
  );
  const masses = fresh.reduce<Mass[]>((sum, event) => addEvent(sum, fading(model, event)), []);
  const points = signalScore(model, masses, at);
  if (points < REACTIVATING_POINTS) return null;
  const parts = contributions(model, masses, at);
  const since = new Date(Math.min(...fresh.map(({ occurredAt }) => occurredAt.getTime())));
  return { points, since, parts, play: playOf(parts[0]?.kind) };
}

const playOf = (kind: string | undefined): string =>
  Object.entries(SIGNAL_KINDS).find(([name]) => name === kind)?.[1].play ?? '';

/** `Intent is back: Category search, Website visits, since “Rollout” stalled on 2026-11-09T08:00:00Z` */
export function reactivationInWords(dealName: string, stall: Stall, { parts }: Reactivation): string {
  const what = parts.map(({ label }) => label).join(', ');
  return `Intent is back: ${what}, since “${dealName}” stalled on ${instantInWords(stall.since)}`;
}
