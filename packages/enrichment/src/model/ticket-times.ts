/** After so long nobody asks any more: whether it was charged is unknown then, and a callback still counts. */
export const GIVE_UP_MS = 30 * 60_000;
const SOONEST_MS = 1_000;
const LONGEST_MS = 60_000;
const SLOWER = 1.5;
/** A callback comes when it comes: looking whether it has costs a few reads. */
const LOOK_MS = 15_000;

/** Milliseconds until a vendor is asked again about a ticket: as it said at first, and less often the longer it takes. */
export function pollAfter(saidMs: number, polls: number): number {
  const said = Math.max(SOONEST_MS, saidMs);
  return Math.max(said, Math.min(LONGEST_MS, said * SLOWER ** Math.max(0, polls - 1)));
}

/** Milliseconds until a record that waits for a ticket is looked at again: a moment after the vendor is asked, or sooner for a callback. */
export function lookAgainAfter(dueAt: Date | null, now: Date): number {
  const afterMs = dueAt === null ? LOOK_MS : dueAt.getTime() - now.getTime();
  return Math.min(LOOK_MS, Math.max(0, afterMs)) + SOONEST_MS;
}

/** Whether a callback speaks of this ticket; an adapter may keep more than the vendor's id in one, behind a semicolon. */
export const speaksOf = (ticket: string, said: string): boolean =>
  ticket === said || ticket.startsWith(`${said};`);
