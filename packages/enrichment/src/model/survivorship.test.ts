import fc from 'fast-check';
import { expect, it } from 'vitest';

import { survivor, withVerdicts, type ObservedValue } from './survivorship.ts';

const at = new Date('2026-06-01T00:00:00Z');
const seen = (id: string, more: Partial<ObservedValue> = {}): ObservedValue => ({
  id,
  field: 'mobile',
  value: id,
  provider: 'pdl',
  confidence: 0.5,
  verification: null,
  lineType: null,
  usable: false,
  occurredAt: new Date('2026-01-01T00:00:00Z'),
  expiresAt: null,
  ...more,
});

it.each([
  [
    'a person’s entry over anything',
    [seen('a', { usable: true }), seen('b', { provider: 'manual' })],
    'b',
    'entered by a person',
  ],
  [
    'a usable value over a more confident one',
    [seen('a', { confidence: 1 }), seen('b', { usable: true })],
    'b',
    'the only usable value',
  ],
  [
    'a fresh value over an expired one',
    [seen('a', { expiresAt: new Date('2026-05-01') }), seen('b')],
    'b',
    'the other values have expired',
  ],
  [
    'an address that may still turn out good over one that was refuted',
    [seen('a', { confidence: 1, verification: 'invalid' }), seen('b')],
    'b',
    'the other values were checked and are not usable',
  ],
  ['the newest of equals', [seen('a'), seen('b', { occurredAt: new Date('2026-02-01') })], 'b', 'the newest'],
])('prefers %s', (_, observations, id, because) => {
  expect(survivor(observations, at)).toMatchObject({ id, chosenBecause: because });
});

it('chooses the same whatever the order of arrival', () => {
  const any = fc.record({
    confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    usable: fc.boolean(),
    provider: fc.constantFrom('pdl', 'manual', 'leadmagic'),
    occurredAt: fc.date({ min: new Date('2025-01-01'), max: at, noInvalidDate: true }),
  });
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 8 }), (list) => {
      const observations = list.map((more, index) => seen(`id-${index}`, more));
      expect(survivor(observations.toReversed(), at)?.id).toBe(survivor(observations, at)?.id);
    }),
  );
});

it('lets a verdict stand for the value it is about, until it expires', () => {
  const found = seen('found', { value: 'Ada@x.example' });
  const verdict = seen('verdict', { value: 'ada@x.example', verification: 'invalid' });
  const other = seen('other', { value: 'al@x.example' });
  const ids = (observations: ObservedValue[]) => withVerdicts(observations, at).map(({ id }) => id);
  expect(ids([found, verdict, other])).toEqual(['verdict', 'other']);
  expect(ids([found, { ...verdict, expiresAt: new Date('2026-05-01') }])).toEqual(['found', 'verdict']);
});
