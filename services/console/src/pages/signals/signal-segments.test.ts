import { expect, it } from 'vitest';

import { askedOf, COUNTRIES, segmentValue } from './signal-segments.ts';

it('names countries as they are now, each once', () => {
  const labels = COUNTRIES.map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
  expect(COUNTRIES).toContainEqual({ value: 'country:DE', label: 'Germany' });
  expect(COUNTRIES.length).toBeGreaterThan(230);
  expect(COUNTRIES.length).toBeLessThan(265);
});

it('asks for what stands in the address, and for nothing by what makes no sense', () => {
  const listId = '019a0000-0000-7000-8000-000000000001';
  expect(askedOf(segmentValue('list', listId))).toEqual({ listId });
  expect(askedOf('size:50-199')).toEqual({ size: '50-199' });
  expect(askedOf('country:DE')).toEqual({ country: 'DE' });
  for (const made of [undefined, '', 'size:7', 'list:x', 'country:de', 'x:y'])
    expect(askedOf(made)).toEqual({});
});
