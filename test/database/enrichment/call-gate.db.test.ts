import { setTimeout as sleep } from 'node:timers/promises';

import { createCallGate, type CallGate, type GatedCall } from '@penstock/enrichment/call-gate/call-gate';
import type { Caller, Pass } from '@penstock/enrichment/call-gate/door';
import { FAULTS_TO_OPEN } from '@penstock/enrichment/model/blocks';
import type { RateLimit } from '@penstock/enrichment/provider-port';
import type { ProviderFault } from '@penstock/kernel/provider-error';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { catalogueRows } from '../store/catalogue.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

let workspace: WorkspaceFixture;
let credentialId: string;
beforeAll(async () => {
  workspace = await workspaceFixture();
  const [row] = await sql<{ id: string }>('select id from provider_credential limit 1');
  credentialId = row?.id ?? '';
});
afterAll(() => workspace[Symbol.asyncDispose]());
beforeEach(async () => {
  await sql('delete from provider_block');
  await sql('delete from rate_lane');
  await sql('update workspace set paid_calls_stopped = false');
});

const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  catalogueRows<Row>(workspace.database, text, values);
const gates = (count: number): CallGate[] =>
  Array.from({ length: count }, () => createCallGate(workspace.store, workspace.clock));
const limit = (requests: number, windowMs: number): RateLimit => ({
  requests,
  windowMs,
  window: 'rolling',
  scope: 'credential',
  counts: 'requests',
});
const call = (limits: readonly RateLimit[] = []): GatedCall => ({
  workspaceId: workspace.workspaceId,
  credentialId,
  capability: 'finder',
  limits,
});
const patient: Caller = {
  patience: { pacedMs: 60_000, blockedMs: 60_000 },
  urgent: false,
  held: [],
};
const hasty: Caller = { ...patient, patience: { pacedMs: 0, blockedMs: 0 }, urgent: true };

const outcome = (fault: ProviderFault | null, retryAfterMs?: number, headers = {}) => ({
  fault,
  retryAfterMs,
  headers,
});

async function through(
  gate: CallGate,
  which: GatedCall,
  caller = patient,
): Promise<Extract<Pass, { state: 'go' }>> {
  const pass = await gate.enter(which, caller);
  if (pass.state === 'refused') throw new Error(`refused: ${pass.fault}`);
  return pass;
}

it('lets replicas together through no faster than the credential’s limits', async () => {
  const limited = call([limit(20, 1_000), limit(600, 60_000)]);
  const times: number[] = [];
  await Promise.all(
    gates(3).map((gate) =>
      Promise.all(
        Array.from({ length: 10 }, async () => {
          const { startByMs } = await through(gate, limited);
          expect(startByMs - performance.now()).toBeLessThanOrEqual(50);
          times.push(performance.now());
        }),
      ),
    ),
  );
  const sorted = times.toSorted((a, b) => a - b);
  for (const [index, at] of sorted.entries())
    expect(sorted.slice(index).filter((other) => other - at < 1_000).length).toBeLessThanOrEqual(20);
});

it('lets everybody through where there is no limit', async () => {
  const [gate] = gates(1);
  if (!gate) return;
  const passes = await Promise.all(Array.from({ length: 200 }, () => gate.enter(call(), patient)));
  expect(passes.every((pass) => pass.state === 'go')).toBe(true);
});

it('lets an urgent call go before those that wait already', async () => {
  const [gate] = gates(1);
  if (!gate) return;
  const limited = call([limit(5, 1_000)]);
  const order: string[] = [];
  const waiting = Array.from({ length: 4 }, async () => {
    await through(gate, limited);
    order.push('list');
  });
  await sleep(50);
  await through(gate, limited, { ...patient, urgent: true });
  order.push('inbound');
  await Promise.all(waiting);
  expect(order.indexOf('inbound')).toBeLessThan(3);
});

it('lets the urgent call with the nearest deadline go first', async () => {
  const [gate] = gates(1);
  if (!gate) return;
  const limited = call([limit(5, 1_000)]);
  const order: string[] = [];
  const enter = async (name: string, byMs?: number) => {
    await through(gate, limited, { ...patient, urgent: true, ...(byMs !== undefined && { byMs }) });
    order.push(name);
  };
  // The first takes the slot that is free; all others wait when the second slot comes.
  await enter('first');
  const nowMs = performance.now();
  await Promise.all([enter('none'), enter('far', nowMs + 60_000), enter('near', nowMs + 30_000)]);
  expect(order).toEqual(['first', 'near', 'far', 'none']);
});

it('does not keep somebody waiting who has no time, and brings a list back later', async () => {
  const [gate] = gates(1);
  const limited = call([limit(1, 60_000)]);
  await gate?.enter(limited, patient);
  expect(await gate?.enter(limited, hasty)).toMatchObject({ state: 'refused', fault: 'rate_limited' });
  const list = { ...hasty, urgent: false };
  expect(await gate?.enter(limited, list)).toMatchObject({ state: 'refused', fault: 'not_sent' });
});

it('lets nothing through once paid calls are stopped, within half a second also what waits', async () => {
  const [gate] = gates(1);
  const limited = call([limit(1, 60_000)]);
  await gate?.enter(limited, patient);
  const waiting = gate?.enter(limited, patient);
  await sql('update workspace set paid_calls_stopped = true');
  expect(await waiting).toMatchObject({ state: 'refused', fault: 'not_sent' });
  await sleep(500);
  expect(await gate?.enter(call(), patient)).toMatchObject({ state: 'refused', fault: 'not_sent' });
});

it.each([
  ['a refusal for its rate', outcome('rate_limited', 30_000), 'rate_limited'],
  ['an account without credits', outcome('quota_exhausted'), 'quota_exhausted'],
  ['a key that is not taken', outcome('unauthorized'), 'unauthorized'],
  [
    'headers that leave nothing',
    outcome(null, undefined, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' }),
    'rate_limited',
  ],
] as const)('leaves a credential alone on all replicas after %s', async (_what, came, fault) => {
  const [first, second] = gates(2);
  if (!first || !second) return;
  await first.leave(call(), await through(first, call()), came);
  for (const gate of [first, second]) {
    const pass = await gate.enter({ ...call(), capability: 'other' }, hasty);
    expect(pass).toMatchObject({ state: 'refused', fault });
  }
});

it('opens the breaker after faults in a row, probes with one call, and closes it by an answer', async () => {
  const [gate, other] = gates(2);
  if (!gate || !other) return;
  for (let fault = 0; fault < FAULTS_TO_OPEN; fault += 1)
    await gate.leave(call(), await through(gate, call()), outcome('unavailable'));
  expect(await other.enter(call(), hasty)).toMatchObject({ state: 'refused', fault: 'unavailable' });
  await sql(`update provider_block set blocked_until = now() - interval '1 second'`);
  const probe = await through(gate, call());
  expect(probe.probe).toBe(true);
  expect(await other.enter(call(), hasty)).toMatchObject({ state: 'refused', fault: 'unavailable' });
  const waiting = other.enter(call(), patient);
  await gate.leave(call(), probe, outcome(null));
  expect(await waiting).toMatchObject({ state: 'go', probe: false });
  expect(await sql('select 1 from provider_block')).toEqual([]);
});

it('opens it for longer after a probe that fails', async () => {
  const [gate] = gates(1);
  if (!gate) return;
  for (let fault = 0; fault < FAULTS_TO_OPEN; fault += 1)
    await gate.leave(call(), await through(gate, call()), outcome('timeout'));
  await sql(`update provider_block set blocked_until = now() - interval '1 second'`);
  await gate.leave(call(), await through(gate, call()), outcome('timeout'));
  const [block] = await sql<{ faults: number; seconds: number }>(
    'select faults, extract(epoch from blocked_until - now())::int as seconds from provider_block',
  );
  expect(block?.faults).toBe(FAULTS_TO_OPEN + 1);
  expect(block?.seconds).toBeGreaterThan(20);
});

it('lets go of those that are not wanted any more', async () => {
  const [gate] = gates(1);
  const controller = new AbortController();
  const limited = call([limit(1, 60_000)]);
  await gate?.enter(limited, patient);
  const waiting = gate?.enter(limited, { ...patient, signal: controller.signal });
  controller.abort();
  expect(await waiting).toMatchObject({ state: 'refused', fault: 'not_sent' });
});
