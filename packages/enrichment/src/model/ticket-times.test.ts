import { describe, expect, it } from 'vitest';

import { lookAgainAfter, pollAfter, speaksOf } from './ticket-times.ts';

describe('a ticket is asked about', () => {
  it('when the vendor says, then less often, and never less often than it says', () => {
    expect([1, 2, 3, 20].map((polls) => pollAfter(5_000, polls))).toEqual([5_000, 7_500, 11_250, 60_000]);
    expect(pollAfter(90_000, 9)).toBe(90_000);
    expect(pollAfter(0, 0)).toBe(1_000);
  });

  it('before its record is looked at again', () => {
    const now = new Date('2026-11-29T10:00:00Z');
    expect(lookAgainAfter(new Date('2026-11-29T10:00:05Z'), now)).toBe(6_000);
    expect(lookAgainAfter(new Date('2026-11-29T09:00:00Z'), now)).toBe(1_000);
    expect(lookAgainAfter(new Date('2026-11-29T10:05:00Z'), now)).toBe(16_000);
    expect(lookAgainAfter(null, now)).toBe(16_000);
  });
});

it('knows its callback by the vendor’s id alone', () => {
  expect(speaksOf('42;a,b', '42')).toBe(true);
  expect(speaksOf('42', '42')).toBe(true);
  expect(speaksOf('421;a', '42')).toBe(false);
});
