import type { Store } from '@penstock/store/store';
import { one, type Tx } from '@penstock/store/tx';

import { FAULTS_TO_OPEN, PROBE_MS, type BlockReason } from '../model/blocks.ts';
import { takeSlots, type Lane } from '../model/slots.ts';
import * as sql from './gate-statements.ts';

/** How far ahead slots are taken: what a process that is killed takes with it, and how old the answer of the kill switch may be. */
export const LEASE_MS = 500;
/** A call that is not being written so long after its slot gives it up. */
const GRACE_MS = 30;
const MOST_SLOTS = 200;

export type Slot = { fromMs: number; untilMs: number };

/** What may be done in the next half second. Times are those of `performance.now()`. */
export type Lease =
  | { kind: 'stopped' }
  | { kind: 'blocked'; reason: BlockReason; forMs: number }
  /** The one call that finds out whether a failing capability works again. */
  | { kind: 'probe' }
  | { kind: 'open'; untilMs: number }
  | { kind: 'slots'; slots: Slot[]; nextMs: number };

export type LeaseRequest = {
  workspaceId: string;
  credentialId: string;
  capability: string;
  lanes: readonly Lane[];
  /** Calls that wait, in the order in which they go; with the rows of the ledger that are held for each. */
  waiting: readonly (readonly string[])[];
};

export type Taken = {
  lease: Lease;
  /** The capability failed lately: its next success is worth writing down. */
  faulty: boolean;
  /** Rows of the ledger that are held no more. */
  free: ReadonlySet<string>;
  /** Rows that were taken from whoever waits with them. */
  lost: ReadonlySet<string>;
};

/**
 * Takes slots of a credential for this process, in one transaction and on Postgres's clock, which all replicas share.
 */
export async function takeLease(store: Store, request: LeaseRequest): Promise<Taken> {
  const { workspaceId, credentialId, capability, lanes, waiting } = request;
  const ids = lanes.map((lane) => lane.id);
  return store.inWorkspace(workspaceId, async (tx) => {
    let rows = lanes.length === 0 ? [] : await tx.rows(sql.lockLanes, credentialId, ids);
    if (rows.length < lanes.length) {
      await tx.rows(sql.makeLanes, credentialId, ids);
      rows = await tx.rows(sql.lockLanes, credentialId, ids);
    }
    const askedMs = performance.now();
    const gate = await one(tx, sql.readGate, credentialId, capability);
    const knownMs = performance.now();
    const faulty = gate.faults > 0;
    if (gate.stopped) return { lease: { kind: 'stopped' }, faulty, ...nobody };
    if (gate.blockedMs !== null && gate.reason !== null)
      return { lease: { kind: 'blocked', reason: gate.reason, forMs: gate.blockedMs }, faulty, ...nobody };
    if (gate.faults >= FAULTS_TO_OPEN) {
      const taken = await tx.rows(sql.takeProbe, credentialId, capability, PROBE_MS);
      if (taken.length > 0) return { lease: { kind: 'probe' }, faulty, ...(await letGo(tx, waiting, 1)) };
      return { lease: { kind: 'blocked', reason: 'probing', forMs: PROBE_MS }, faulty, ...nobody };
    }
    if (lanes.length === 0)
      return { lease: { kind: 'open', untilMs: knownMs + LEASE_MS }, faulty, ...nobody };
    const taken = takeSlots(lanes, new Map(rows.map((row) => [row.lane, row.nextMs])), {
      nowMs: gate.nowMs,
      untilMs: gate.nowMs + LEASE_MS,
      most: Math.min(MOST_SLOTS, waiting.length),
    });
    if (taken.slots.length > 0) {
      const kept = lanes.map((lane) => taken.times.get(lane.id) ?? 0);
      tx.byCommit(sql.saveLanes, credentialId, ids, kept);
    }
    // Postgres looked at its clock somewhere between the two looks at ours: a slot begins by the later one and ends by the earlier.
    const here = (atMs: number) => ({
      fromMs: atMs - gate.nowMs + knownMs,
      untilMs: atMs - gate.nowMs + askedMs + GRACE_MS,
    });
    const slots = taken.slots.map(here);
    const gone = await letGo(tx, waiting, slots.length);
    return { lease: { kind: 'slots', slots, nextMs: here(taken.nextMs).fromMs }, faulty, ...gone };
  });
}

const nobody = { free: new Set<string>(), lost: new Set<string>() };

/** Whoever gets a slot is let go in the ledger first: a call whose row is held can't have left. */
async function letGo(
  tx: Tx,
  waiting: readonly (readonly string[])[],
  count: number,
): Promise<{ free: Set<string>; lost: Set<string> }> {
  const ids = waiting.slice(0, count).flat();
  if (ids.length === 0) return nobody;
  const free = new Set((await tx.rows(sql.letGo, ids)).map((row) => row.id));
  return { free, lost: new Set(ids.filter((id) => !free.has(id))) };
}
