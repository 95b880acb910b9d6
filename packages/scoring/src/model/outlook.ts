/** What a score was, when it falls, and what would lift it: computed from its masses, not guessed. */

import { addEvent, fading, type IntentModel, type Mass } from './intent.ts';
import { priorityOf, type PrioritySubject } from './priority.ts';

export type PastEvent = { kind: string; strength: number; halfLifeDays: number; occurredAt: Date };

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const FURTHEST_MS = 3_650 * DAY_MS;

/**
 * Masses as they were at an earlier moment: without the events that came after it.
 * @param since events that occurred after that moment
 */
export function massesBefore(masses: readonly Mass[], since: readonly PastEvent[]): Mass[] {
  let before: Mass[] = [...masses];
  for (const event of since) {
    // Taken out as it was put in: under the half-life of its mass.
    const halfLifeDays = masses.find((mass) => mass.kind === event.kind)?.halfLifeDays ?? event.halfLifeDays;
    before = addEvent(before, { ...event, halfLifeDays, strength: -event.strength });
  }
  return before.map((mass) => ({ ...mass, value: mass.value < 1e-9 ? 0 : mass.value }));
}

/** Points of each kind now and at an earlier moment; what did not move is left out. */
export function changesBetween(
  now: readonly { kind: string; label: string; points: number }[],
  then: readonly { kind: string; label: string; points: number }[],
): { kind: string; label: string; points: number }[] {
  const kinds = new Map([...then, ...now].map((part) => [part.kind, part.label]));
  const of = (parts: typeof now, kind: string) => parts.find((part) => part.kind === kind)?.points ?? 0;
  return [...kinds]
    .map(([kind, label]) => ({ kind, label, points: of(now, kind) - of(then, kind) }))
    .filter((change) => Math.abs(change.points) >= 0.05)
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
}

type Placed = PrioritySubject & { model: IntentModel };
const priorityAt = (placed: Placed, at: Date): number => priorityOf(placed.model, placed, at);

/** When the priority falls below a line if nothing new happens, to the minute; null if it is below already, or what doesn't decay keeps it above. */
export function fallsBelowLineAt(placed: Placed, from: Date, line: number): Date | null {
  const above = (ms: number) => priorityAt(placed, new Date(ms)) >= line;
  let low = from.getTime();
  let high = low + FURTHEST_MS;
  if (!above(low) || above(high)) return null;
  while (high - low > MINUTE_MS) {
    const middle = (low + high) / 2;
    if (above(middle)) low = middle;
    else high = middle;
  }
  return new Date(high);
}

/** Kinds of which one more event of its usual strength would put the account above the line, the one that helps most first. */
export function wouldLift(
  placed: Placed,
  kinds: readonly { kind: string; strength: number; halfLifeDays: number }[],
  at: Date,
  line: number,
): { kind: string; label: string; priority: number }[] {
  if (priorityAt(placed, at) >= line) return [];
  return kinds
    .flatMap(({ kind, strength, halfLifeDays }) => {
      const label = placed.model.kinds[kind]?.label;
      if (label === undefined) return [];
      const event = fading(placed.model, { kind, strength, halfLifeDays, occurredAt: at });
      const masses = addEvent(placed.masses, event);
      return [{ kind, label, priority: priorityAt({ ...placed, masses }, at) }];
    })
    .filter((lift) => lift.priority >= line)
    .toSorted((a, b) => b.priority - a.priority);
}
