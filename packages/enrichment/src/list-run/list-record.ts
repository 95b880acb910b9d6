import type { Plan } from '../model/planner.ts';
import type { EarlierCall, ObservationRow, PersonToEnrich } from '../run-statements.ts';

/** A line of what the planner decided for a record. */
export type TraceLine = {
  provider: string;
  capability: string;
  decision: 'asked' | 'skipped';
  reason: string;
  ledgerId: string | null;
};

/** A record of a chunk while it is worked on: what is known of the person, and what was asked. */
export type ListRecord = {
  person: PersonToEnrich;
  observations: ObservationRow[];
  calls: EarlierCall[];
  /** Steps that could not be made in this round: `provider/capability`. */
  failed: Set<string>;
  /** Ids of keys that refused in this round, of providers that have others. */
  refusedKeys: Set<string>;
  trace: TraceLine[];
  /** Set if a provider could not answer just now and asking again later may help. */
  retryAfterMs: number | null;
  /** Milliseconds until its vendor is asked about an answer that is still to come; null if none is. */
  lookAfterMs: number | null;
  /** What earlier rounds of this run have told: `provider/capability`. */
  told: ReadonlySet<string>;
  /** The record waits for its provider rather than going on to the next one in this round. */
  waits: boolean;
};

export type NextCall = NonNullable<Plan['next']>;
