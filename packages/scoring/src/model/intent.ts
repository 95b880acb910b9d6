/** Intent: what happened at an account lately, as a number from 0 to 100 that falls by itself and adds up from named parts. */

import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';

import type { PriorityFormula } from './priority.ts';

export type KindModel = {
  label: string;
  /** Most that this kind alone can give, 0–1 (exclusive): a hundred visits are not a funding round. */
  cap: number;
  /** Mass at which half of the cap is reached. */
  saturation: number;
  /** Days after which such news counts half; that of the kind itself where it is not set. */
  halfLifeDays?: number | undefined;
};

export type IntentModel = {
  kinds: Record<string, KindModel>;
  /** The same for what threatens open deals: a number of its own. */
  risk: Record<string, KindModel>;
  /** Weights of the queue's priority; they add up to 1. */
  priority: PriorityFormula;
};

/** Decayed sum of the strengths of one kind's signals, as of `at`. */
export type Mass = { kind: string; value: number; halfLifeDays: number; at: Date };

export type Contribution = {
  kind: string;
  label: string;
  points: number;
  mass: number;
  halfLifeDays: number;
  lastEventAt: Date;
};

const DAY_MS = 86_400_000;

const decay = (fromMs: number, toMs: number, halfLifeDays: number): number =>
  2 ** (-(toMs - fromMs) / DAY_MS / halfLifeDays);

/** A mass at another moment: `value · 2^(−Δt / halfLife)`. */
export function massAt(mass: Mass, at: Date): number {
  return mass.value * decay(mass.at.getTime(), at.getTime(), mass.halfLifeDays);
}

/**
 * Adds an event to the masses of an account (forward decay). Late events count as if they had come in time, so the order of
 * arrival does not matter. The reference time of a mass is that of its newest event.
 */
export function addEvent(
  masses: readonly Mass[],
  event: { kind: string; strength: number; halfLifeDays: number; occurredAt: Date },
): Mass[] {
  const known = masses.find((mass) => mass.kind === event.kind);
  const others = masses.filter((mass) => mass.kind !== event.kind);
  if (!known) {
    const { kind, strength: value, halfLifeDays, occurredAt: at } = event;
    return [...others, { kind, value, halfLifeDays, at }];
  }
  const at = known.at > event.occurredAt ? known.at : event.occurredAt;
  const { halfLifeDays } = event;
  const value =
    massAt({ ...known, halfLifeDays }, at) +
    event.strength * decay(event.occurredAt.getTime(), at.getTime(), halfLifeDays);
  return [...others, { kind: event.kind, value, halfLifeDays, at }];
}

/** Half-life of each kind of signal under a model, in days. */
export function halfLives(model: IntentModel): Record<string, number> {
  return Object.fromEntries(
    Object.entries(SIGNAL_KINDS).map(([kind, facts]) => [
      kind,
      halfLifeOf(model, kind) ?? facts.halfLifeDays,
    ]),
  );
}

const halfLifeOf = (model: IntentModel, kind: string): number | undefined =>
  (model.kinds[kind] ?? model.risk[kind])?.halfLifeDays;

/** An event as the model lets it fade. */
export function fading<Event extends { kind: string; halfLifeDays: number }>(
  model: IntentModel,
  event: Event,
): Event {
  return { ...event, halfLifeDays: halfLifeOf(model, event.kind) ?? event.halfLifeDays };
}

/** Share of its cap that a kind gives: `cap · (1 − 2^(−mass / saturation))`, always below the cap. */
function kindShare(model: KindModel, mass: number): number {
  return model.cap * (1 - 2 ** (-mass / model.saturation));
}

/** Log of the complement: these add up where probabilities do not. */
function logComplement(model: IntentModel, mass: Mass, at: Date): number {
  const kind = model.kinds[mass.kind];
  return kind ? -Math.log1p(-kindShare(kind, massAt(mass, at))) : 0;
}

/** Signal score at a moment, 0–100: `100 · (1 − Π (1 − share))`. */
export function signalScore(model: IntentModel, masses: readonly Mass[], at: Date): number {
  let total = 0;
  for (const mass of masses) total += logComplement(model, mass, at);
  return -100 * Math.expm1(-total);
}

/** The parts of the signal score, largest first; their points add up to it exactly (within floating point). */
export function contributions(model: IntentModel, masses: readonly Mass[], at: Date): Contribution[] {
  const parts = masses
    .map((mass) => ({ mass, log: logComplement(model, mass, at) }))
    .filter((part) => part.log > 0);
  const total = parts.reduce((sum, part) => sum + part.log, 0);
  const score = signalScore(model, masses, at);
  return parts
    .map(({ mass, log }) => ({
      kind: mass.kind,
      label: model.kinds[mass.kind]?.label ?? mass.kind,
      points: total === 0 ? 0 : (score * log) / total,
      mass: massAt(mass, at),
      halfLifeDays: mass.halfLifeDays,
      lastEventAt: mass.at,
    }))
    .toSorted((a, b) => b.points - a.points);
}

/** First moment at which the score is at most `level`, to the minute, or null if it is there already. */
export function fallsBelowAt(
  model: IntentModel,
  masses: readonly Mass[],
  from: Date,
  level: number,
): Date | null {
  if (level <= 0 || signalScore(model, masses, from) <= level) return null;
  let low = from.getTime();
  let high = low + DAY_MS;
  while (signalScore(model, masses, new Date(high)) > level) {
    low = high;
    high = from.getTime() + (high - from.getTime()) * 2;
  }
  while (high - low > 60_000) {
    const middle = (low + high) / 2;
    if (signalScore(model, masses, new Date(middle)) > level) low = middle;
    else high = middle;
  }
  return new Date(high);
}
