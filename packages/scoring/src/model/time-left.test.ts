import { expect, it } from 'vitest';

import { secondsLeft } from './time-left.ts';

it('goes by how much was done lately', () => {
  expect(secondsLeft({ left: 900, doneLately: 100, latelyS: 10 })).toBe(90);
  expect(secondsLeft({ left: 1, doneLately: 100, latelyS: 10 })).toBe(1);
});

it('is nothing once all is done, and unknown before anything is', () => {
  expect(secondsLeft({ left: 0, doneLately: 0, latelyS: 10 })).toBe(0);
  expect(secondsLeft({ left: 5, doneLately: 0, latelyS: 10 })).toBeNull();
  expect(secondsLeft({ left: 5, doneLately: 5, latelyS: 0 })).toBeNull();
});
