import fc from 'fast-check';
import { expect, it } from 'vitest';

import { drawOf, inOtherOrder, stepsFor } from './step-order.ts';

const step = (provider: string) => ({ provider, capability: 'find' });
const steps = [step('a'), step('b'), step('verifier'), step('c')];
const isFinder = ({ provider }: { provider: string }) => provider !== 'verifier';
const orderOf = (key: string, otherOrderShare: number) =>
  stepsFor(steps, isFinder, { key, otherOrderShare }).map(({ provider }) => provider);

it('keeps the order where no share is asked in another one', () => {
  fc.assert(
    fc.property(fc.uuid(), (key) => {
      expect(orderOf(key, 0)).toEqual(['a', 'b', 'verifier', 'c']);
    }),
  );
});

it('turns finders round for the share, never as written, with verification in its place and nobody left out', () => {
  fc.assert(
    fc.property(fc.uuid(), (key) => {
      const order = orderOf(key, 1);
      expect(order).not.toEqual(['a', 'b', 'verifier', 'c']);
      expect(order[2]).toBe('verifier');
      expect(order.toSorted()).toEqual(['a', 'b', 'c', 'verifier']);
      expect(orderOf(key, 1)).toEqual(order);
    }),
  );
});

it('draws the share that was asked for from ids that follow each other', () => {
  const keys = Array.from(
    { length: 20_000 },
    (_, at) => `019ab000-0000-7000-8000-${String(at).padStart(12, '0')}`,
  );
  const share = keys.filter((key) => inOtherOrder(key, 0.02)).length / keys.length;
  expect(share).toBeGreaterThan(0.016);
  expect(share).toBeLessThan(0.024);
  expect(new Set(keys.map(drawOf)).size).toBeGreaterThan(19_900);
});
