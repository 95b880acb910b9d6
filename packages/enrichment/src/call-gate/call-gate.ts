import { isConnectionFault } from '@penstock/kernel/database-fault';
import type { Clock } from '@penstock/kernel/clock';
import type { ProviderFault } from '@penstock/kernel/provider-error';
import type { Store } from '@penstock/store/store';
import type { Tx } from '@penstock/store/tx';

import { blockAfterRefusal, pauseAfterFaults, saysFailing, type BlockReason } from '../model/blocks.ts';
import { blockedByHeaders } from '../model/limit-headers.ts';
import { lanesOf } from '../model/slots.ts';
import type { RateLimit } from '../provider-port.ts';
import { Door, type Caller, type Pass } from './door.ts';
import * as sql from './gate-statements.ts';
import { takeLease } from './lease.ts';

export type GatedCall = {
  workspaceId: string;
  credentialId: string;
  capability: string;
  limits: readonly RateLimit[];
};
/** What came of a call that went through. */
export type GateOutcome = {
  /** Null for an answer, a miss among them. */
  fault: ProviderFault | null;
  retryAfterMs: number | undefined;
  headers: Readonly<Record<string, string>>;
};

/**
 * Decides when a call to a provider may leave: within the limits of its credential over all replicas, not while the vendor asked to be
 * left alone or keeps failing, and not once paid calls are stopped. Why it is built this way: docs/decisions/0031-call-gate.md.
 */
export type CallGate = {
  /** Resolves when the call may leave, or must not. Rejects only for faults of our own. */
  enter(call: GatedCall, caller: Caller): Promise<Pass>;
  /** Tells what came of a call that was let through, so that others are spared the same. */
  leave(call: GatedCall, pass: Extract<Pass, { state: 'go' }>, outcome: GateOutcome): Promise<void>;
};

export function createCallGate(store: Store, clock: Clock): CallGate {
  const doors = new Map<string, Door>();
  /** The door last used for a list of limits, so that these are not compared member by member at every call. */
  const lastDoors = new WeakMap<readonly RateLimit[], { call: GatedCall; door: Door }>();
  const findDoor = ({ workspaceId, credentialId, capability, limits }: GatedCall): Door => {
    // New limits are a new door; calls that wait at the old one obey the old ones.
    const key = JSON.stringify([workspaceId, credentialId, capability, limits]);
    const known = doors.get(key);
    if (known) return known;
    const lanes = lanesOf(limits, capability);
    const door = new Door((waiting) =>
      takeLease(store, { workspaceId, credentialId, capability, lanes, waiting }),
    );
    doors.set(key, door);
    return door;
  };
  const doorOf = (call: GatedCall): Door => {
    const last = lastDoors.get(call.limits);
    if (last && isSameDoor(last.call, call)) return last.door;
    const door = findDoor(call);
    lastDoors.set(call.limits, { call, door });
    return door;
  };
  return {
    enter: (call, caller) => doorOf(call).enter(caller),
    async leave(call, pass, outcome) {
      const door = doorOf(call);
      try {
        const closes = await learn(store, clock, call, {
          ...outcome,
          probe: pass.probe,
          faulty: door.faulty,
        });
        if (closes || pass.probe) door.close();
        if (outcome.fault === null) door.faulty = false;
      } catch (error) {
        // An answer that was paid for is not lost over this: the vendor will say it again.
        if (!isConnectionFault(error)) throw error;
      }
    },
  };
}

const isSameDoor = (a: GatedCall, b: GatedCall): boolean =>
  a.credentialId === b.credentialId && a.capability === b.capability && a.workspaceId === b.workspaceId;

type Learned = GateOutcome & { probe: boolean; faulty: boolean };

/** Writes down what others have to know; true if nothing more may leave for now. */
async function learn(store: Store, clock: Clock, call: GatedCall, outcome: Learned): Promise<boolean> {
  const { fault, probe, faulty } = outcome;
  const now = clock.now();
  if (fault === 'not_sent' || fault === 'forbidden_host') return false;
  if (fault !== null && saysFailing(fault)) {
    await store.inWorkspace(call.workspaceId, async (tx) => {
      const counted = await tx.rows(sql.countFault, call.credentialId, call.capability, probe, now);
      const pauseMs = pauseAfterFaults(counted[0]?.faults ?? 0);
      if (pauseMs > 0) await tx.rows(sql.pauseCapability, call.credentialId, call.capability, pauseMs);
    });
    return true;
  }
  const block = blockOf(outcome, now);
  const clears = probe || faulty;
  if (block === null && !clears) return false;
  await store.inWorkspace(call.workspaceId, async (tx) => {
    // Any answer, a refusal too, says that the vendor works.
    if (clears) await tx.rows(sql.clearFaults, call.credentialId, call.capability);
    if (block !== null) await tx.rows(sql.blockCredential, call.credentialId, block.forMs, block.reason, now);
  });
  return block !== null;
}

function blockOf(outcome: GateOutcome, now: Date): { reason: BlockReason; forMs: number } | null {
  const { fault, retryAfterMs, headers } = outcome;
  const refused = fault === null ? null : blockAfterRefusal(fault, retryAfterMs);
  if (refused !== null) return refused;
  const forMs = blockedByHeaders(headers, now.getTime());
  return forMs > 0 ? { reason: 'rate_limited', forMs } : null;
}

/** A key that was saved anew is worth a try at once. */
export async function liftBlocks(tx: Tx, credentialId: string): Promise<void> {
  await tx.rows(sql.liftBlocks, credentialId);
}
