import { expect, it } from 'vitest';

import { firstLooksEndAt } from './site-pace.ts';

const NOW = new Date('2026-11-20T12:00:00.000Z');

it.each([
  [0, 'sandbox', null],
  [1, 'sandbox', '2026-11-21T12:00:00.000Z'],
  [49, 'sandbox', '2026-11-23T12:00:00.000Z'],
  [4_000, 'real', '2026-11-22T12:00:00.000Z'],
] as const)('%i sites that wait in a %s workspace', (waiting, kind, until) => {
  expect(firstLooksEndAt(waiting, kind, NOW)?.toISOString() ?? null).toBe(until);
});
