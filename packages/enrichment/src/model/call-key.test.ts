import { describe, expect, it } from 'vitest';

import type { Capability } from '../provider-port.ts';
import { lockKeyOf, stepState, type PastCall } from './call-key.ts';

const since = new Date('2026-01-01T00:00:00Z');
const call = (more: Partial<PastCall>): PastCall => ({
  lockKey: 'lock',
  callKey: 'lock:a',
  state: 'charged',
  answered: true,
  reservedAt: new Date('2026-02-01T00:00:00Z'),
  parked: false,
  ...more,
});
const state = (calls: PastCall[], callKey = 'lock:a') => stepState(calls, 'lock', () => callKey, since);

describe('stepState', () => {
  it('waits while a vendor that answers later has not, and is locked if its maker is gone', () => {
    expect(state([call({ state: 'reserved', parked: true })])).toBe('waiting');
    expect(state([call({ state: 'reserved' })])).toBe('unknown');
  });

  it('never asks again what was paid for, also with more facts', () => {
    expect(state([call({})], 'lock:b')).toBe('answered');
  });

  it('asks again after a miss once more is known, but not with the same facts', () => {
    const miss = call({ state: 'released' });
    expect(state([miss])).toBe('answered');
    expect(state([miss], 'lock:b')).toBeNull();
  });

  it('asks again after a fault that cost nothing', () => {
    expect(state([call({ state: 'released', answered: false })])).toBeNull();
  });

  it('stays away from a call of unknown fate, whatever the facts', () => {
    expect(state([call({ state: 'unknown', answered: false })], 'lock:b')).toBe('unknown');
  });

  it('asks again once the values that were paid for have expired', () => {
    expect(state([call({ reservedAt: new Date('2025-12-31T00:00:00Z') })])).toBeNull();
  });
});

it('locks a finder per person and a verifier per address', () => {
  const capability = (kind: Capability['kind']): Capability => ({
    id: 'c',
    kind,
    mode: 'sync',
    batchMax: 1,
    gives: [],
    needs: [],
    price: {
      credits: 1,
      microsPerCredit: 1,
      charged: 'on_hit',
      bills: ['hit'],
      again: 'charged',
      readOn: '2026-01-01',
    },
    timeoutMs: 1,
  });
  const lock = (kind: Capability['kind'], email: string) => lockKeyOf('p', 'v', capability(kind), { email });
  expect(lock('find_person', 'a@x.example')).toBe(lock('find_person', 'b@x.example'));
  expect(lock('verify_email', 'a@x.example')).not.toBe(lock('verify_email', 'b@x.example'));
});
