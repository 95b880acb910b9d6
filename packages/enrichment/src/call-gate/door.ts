import { setTimeout as sleep } from 'node:timers/promises';

import { isConnectionFault } from '@penstock/kernel/database-fault';
import type { ProviderFault } from '@penstock/kernel/provider-error';

import { FAULT_OF_BLOCK } from '../model/blocks.ts';
import { LEASE_MS, type Lease, type Slot, type Taken } from './lease.ts';

/** How long a call waits for its turn, in milliseconds: `pacedMs` behind others, `blockedMs` for a vendor that wants to be left alone. */
export type Patience = { pacedMs: number; blockedMs: number };

export type Pass =
  /** `startByMs` on the clock of `performance.now()`; the call must be written by then. */
  | { state: 'go'; startByMs: number; probe: boolean }
  | { state: 'refused'; fault: ProviderFault; retryAfterMs: number };

export type Caller = {
  patience: Patience;
  /** Goes before those that wait already and are not. */
  urgent: boolean;
  /** When nobody waits for it any more, on the clock of `performance.now()`: among the urgent the nearest goes first. */
  byMs?: number;
  /** Rows of the ledger that are held until the call is let go. */
  held: readonly string[];
  signal?: AbortSignal | undefined;
};

type Waiting = Caller & { sinceMs: number; resolve(pass: Pass): void; reject(error: unknown): void };
export type TakeLease = (waiting: readonly (readonly string[])[]) => Promise<Taken>;

const DATABASE_AWAY_MS = 60_000;
const LOOK_AGAIN_MS = 250;
const SOONEST_LOOK_MS = 10;
const RETRY_MS = 1_000;

/** The calls of this process that want through one credential and capability, in their order, urgent ones first. */
export class Door {
  /** The capability failed lately: its next success is worth writing down. */
  faulty = false;
  #openUntilMs = 0;
  #waiting: Waiting[] = [];
  #running = false;
  #lost: { sinceMs: number } | null = null;
  /** Counts what made leases worthless; a lease of before is thrown away. */
  #epoch = 0;
  readonly #takeLease: TakeLease;

  constructor(takeLease: TakeLease) {
    this.#takeLease = takeLease;
  }

  enter(caller: Caller): Promise<Pass> {
    if (caller.signal?.aborted === true) return Promise.resolve(WITHHELD);
    if (performance.now() < this.#openUntilMs) return Promise.resolve(go(Number.POSITIVE_INFINITY));
    return new Promise((resolve, reject) => {
      const one = { ...caller, sinceMs: performance.now(), resolve, reject };
      const behind = this.#waiting.findIndex((other) => !other.urgent || byOf(other) > byOf(caller));
      if (caller.urgent && behind >= 0) this.#waiting.splice(behind, 0, one);
      else this.#waiting.push(one);
      if (!this.#running) void this.#run();
    });
  }

  /** What was allowed a moment ago is not any more. */
  close(): void {
    this.#epoch += 1;
    this.#openUntilMs = 0;
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const epoch = this.#epoch;
      try {
        const { lease, faulty, free, lost } = await this.#takeLease(this.#waiting.map((one) => one.held));
        this.#lost = null;
        this.faulty = faulty;
        for (const one of this.#waiting) one.held = one.held.filter((id) => !free.has(id));
        this.#refuse((one) => (one.held.some((id) => lost.has(id)) ? WITHHELD : null));
        if (epoch === this.#epoch) await this.#apply(lease, epoch);
      } catch (error) {
        await this.#onError(error);
      }
      this.#dropAborted();
    }
    this.#running = false;
  }

  async #apply(lease: Lease, epoch: number): Promise<void> {
    if (lease.kind === 'stopped') return this.#settleAll(WITHHELD);
    if (lease.kind === 'open') {
      this.#openUntilMs = lease.untilMs;
      return this.#settleAll(go(Number.POSITIVE_INFINITY));
    }
    if (lease.kind === 'probe')
      return this.#next()?.resolve({ state: 'go', startByMs: Number.POSITIVE_INFINITY, probe: true });
    if (lease.kind === 'blocked') return this.#waitBlocked(lease);
    await this.#handOut(lease.slots, epoch);
    this.#refuse((one, waitedMs) =>
      waitedMs + Math.max(0, lease.nextMs - performance.now()) > one.patience.pacedMs ? paced(one) : null,
    );
    // Slots are taken half a second ahead, so there is nothing to take before then.
    const lookInMs = lease.nextMs - LEASE_MS - performance.now();
    if (this.#waiting.length > 0 && lease.slots.length === 0)
      await sleep(Math.min(LEASE_MS, Math.max(SOONEST_LOOK_MS, lookInMs)));
  }

  async #handOut(slots: readonly Slot[], epoch: number): Promise<void> {
    for (const slot of slots) {
      const aheadMs = slot.fromMs - performance.now();
      // Timers keep whole milliseconds, and may be early by a part of one.
      if (aheadMs > 0) await sleep(Math.ceil(aheadMs));
      this.#dropAborted();
      if (epoch !== this.#epoch) return;
      if (performance.now() < slot.untilMs) this.#next()?.resolve(go(slot.untilMs));
    }
  }

  async #waitBlocked({ reason, forMs }: Extract<Lease, { kind: 'blocked' }>): Promise<void> {
    this.#refuse((one, waitedMs) => {
      // How long a probe takes nobody knows: it is waited for as long as patience lasts.
      const tooLong =
        reason === 'probing' ? waitedMs > one.patience.blockedMs : waitedMs + forMs > one.patience.blockedMs;
      return tooLong ? { state: 'refused', fault: FAULT_OF_BLOCK[reason], retryAfterMs: forMs } : null;
    });
    if (this.#waiting.length > 0) await sleep(Math.min(LOOK_AGAIN_MS, forMs));
  }

  async #onError(error: unknown): Promise<void> {
    if (!isConnectionFault(error)) {
      for (const one of this.#waiting.splice(0)) one.reject(error);
      return;
    }
    this.#lost ??= { sinceMs: performance.now() };
    if (performance.now() - this.#lost.sinceMs > DATABASE_AWAY_MS) this.#settleAll(WITHHELD);
    else await sleep(LOOK_AGAIN_MS);
  }

  #next(): Waiting | undefined {
    const index = this.#waiting.findIndex((one) => one.held.length === 0);
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0];
  }

  #settleAll(pass: Pass): void {
    for (const one of this.#waiting.splice(0)) one.resolve(pass);
  }

  #dropAborted(): void {
    this.#refuse((one) => (one.signal?.aborted === true ? WITHHELD : null));
  }

  /** Settles those for whom `why` gives a refusal; the others wait on. */
  #refuse(why: (one: Waiting, waitedMs: number) => Pass | null): void {
    const nowMs = performance.now();
    const staying: Waiting[] = [];
    for (const one of this.#waiting) {
      const refusal = why(one, nowMs - one.sinceMs);
      if (refusal === null) staying.push(one);
      else one.resolve(refusal);
    }
    this.#waiting = staying;
  }
}

const byOf = ({ byMs = Number.POSITIVE_INFINITY }: Caller): number => byMs;

const WITHHELD: Pass = { state: 'refused', fault: 'not_sent', retryAfterMs: RETRY_MS };

const go = (startByMs: number): Pass => ({ state: 'go', startByMs, probe: false });

/** Somebody who waits for an answer is passed on to the next provider; a list comes back to this one. */
const paced = (one: Waiting): Pass => ({
  state: 'refused',
  fault: one.urgent ? 'rate_limited' : 'not_sent',
  retryAfterMs: RETRY_MS,
});
