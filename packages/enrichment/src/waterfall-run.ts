import type { Clock } from '@penstock/kernel/clock';
import type { Store } from '@penstock/store/store';

import type { Catalogue } from './described-providers.ts';
import type { CallGate } from './call-gate/call-gate.ts';
import type { LateCalls } from './late-calls.ts';
import { shortestTimeToLiveDays, timeToLiveDays, type Waterfall } from './model/waterfall.ts';
import type { AccountFactsChanged } from './person-facts.ts';
import type {
  Capability,
  CapabilityKind,
  KnownFacts,
  OpenWeb,
  ProviderAdapter,
  ProviderReply,
  ProviderRequest,
  WantedField,
} from './provider-port.ts';
import { digestOf } from '@penstock/store/idempotency';
import { lockKeyOf } from './model/call-key.ts';

export type WaterfallDeps = {
  store: Store;
  clock: Clock;
  adapters: Catalogue['adapters'];
  describe: Catalogue['describe'];
  /** Says when a call may leave. */
  gate: CallGate;
  /** Sends a request with the credential added on the way out. Throws `ProviderError`. */
  send(
    call: {
      adapter: ProviderAdapter;
      workspaceId: string;
      secretSealed: string;
      timeoutMs: number;
      /** Given up unless it is being written by then, on the clock of `performance.now()`. */
      startByMs: number;
    },
    request: ProviderRequest,
  ): Promise<ProviderReply>;
  /** Where a vendor may call back about a ticket; null where nobody outside could reach this instance. */
  callbackUrlOf(workspaceId: string, ticketId: string): Promise<string | null>;
  /** Calls that a run did not wait for any longer. */
  late: LateCalls;
  /** DNS and companies' sites as this workspace may see them, for sources that cost nothing. */
  openWebOf(workspaceId: string): OpenWeb;
  onAccountFacts: AccountFactsChanged;
};

export type RunRequest = {
  workspaceId: string;
  personId: string;
  leadId: string | null;
  runId: string;
  /** It goes on from answers that came after the deadline: none holds any more. */
  late?: boolean;
};
export type RunResult = {
  complete: boolean;
  stopReason: string;
  calls: number;
  /** Set if a provider could not answer just now and asking again later may help. */
  retryAfterMs: number | null;
  /** Vendors that answer later still have to: looked at again after `retryAfterMs`, in this very run (`open`) or in another one. */
  parked: 'open' | 'ended' | null;
  /** Its deadline has passed with calls under way: a later round goes on from their answers, one provider after the other. */
  late?: boolean;
};

const DAY_MS = 86_400_000;

/** Keys hold digests, never what they were made of. */
export const hashedLock = (
  personId: string,
  provider: string,
  capability: Capability,
  known: KnownFacts,
): string =>
  `${capability.kind === 'find_company' ? 'company' : personId}:${provider}:${capability.id}:${digestOf(lockKeyOf(personId, provider, capability, known))}`;

export const callKeyOf = (lockKey: string, capability: Capability, known: KnownFacts): string =>
  `${lockKey}/${digestOf(factsUsedBy(capability).map((name) => known[name] ?? ''))}`;

const usedFacts = new WeakMap<Capability, (keyof KnownFacts)[]>();

/** Names of the facts that a capability asks with, in one order. */
function factsUsedBy(capability: Capability): (keyof KnownFacts)[] {
  const known = usedFacts.get(capability);
  if (known) return known;
  const names = [...new Set(capability.needs.flat())].toSorted();
  usedFacts.set(capability, names);
  return names;
}

export const lockOf = (callKey: string): string => callKey.slice(0, callKey.lastIndexOf('/'));

/** A lock on a call that was paid for before this may be taken again; whether a step is due again `askedSince` says. */
export const chargedSince = (waterfall: Waterfall, now: Date): Date =>
  new Date(now.getTime() - shortestTimeToLiveDays(waterfall) * DAY_MS);

/** What a check is about. */
const CHECKED: Partial<Record<CapabilityKind, readonly WantedField[]>> = {
  verify_email: ['work_email'],
  lookup_phone: ['mobile'],
};

/** A step counts as asked if it was asked since then: as long as what it gives lives, the shortest of its fields. */
export function askedSince(
  waterfall: Waterfall,
  capability: Capability,
  seniority: string | null,
  now: Date,
): Date {
  const fields = CHECKED[capability.kind] ?? capability.gives;
  const mine = waterfall.wanted.filter((field) => fields.some((given) => given === field));
  const days = Math.min(
    ...(mine.length === 0
      ? [waterfall.timeToLiveDays]
      : mine.map((field) => timeToLiveDays(waterfall, field, seniority))),
  );
  return new Date(now.getTime() - days * DAY_MS);
}
