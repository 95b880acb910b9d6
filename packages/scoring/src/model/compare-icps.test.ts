import { expect, it } from 'vitest';

import { icpShift, type JudgedCandidate } from './compare-icps.ts';
import { fitParts, fitScore } from './fit.ts';
import { NO_PROFILE } from './fit-facts.ts';
import type { FitCriterion, Icp } from './icp.ts';
import { DEFAULT_INTENT_MODEL as MODEL } from './presets.ts';
import { NO_STANDING, priorityOf } from './priority.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const size = (min: number, max: number, more: Partial<FitCriterion> = {}): FitCriterion =>
  Object.assign(
    { kind: 'employee_count' as const, min, max, weight: 1, required: false, excluded: false },
    more,
  );
const country = (code: string, more: Partial<FitCriterion> = {}): FitCriterion =>
  Object.assign(
    { kind: 'country' as const, anyOf: [code], weight: 1, required: false, excluded: false },
    more,
  );
const icp = (...criteria: FitCriterion[]): Icp => ({ name: 'x', criteria });

const candidate = (id: string, employeeCount: number, before: Icp, after: Icp): JudgedCandidate => {
  const known = { employeeCount, annualRevenueUsd: null, industry: null, country: 'US' };
  const facts = { ...known, profile: NO_PROFILE, happened: [] };
  return {
    id,
    name: id,
    masses: [],
    standing: NO_STANDING,
    parts: { before: fitParts(before, facts, NOW), after: fitParts(after, facts, NOW) },
  };
};
const shift = (before: Icp, after: Icp, top = 1) =>
  icpShift(
    [candidate('small', 50, before, after), candidate('large', 5_000, before, after)],
    MODEL,
    NOW,
    top,
  );

it('names who enters and leaves, with the criterion that moved them in points of the priority', () => {
  const [before, after] = [icp(size(1, 100), country('US')), icp(size(1_000, 9_000), country('US'))];
  const points = 50 * MODEL.priority.fit;
  expect(shift(before, after)).toEqual({
    stay: 0,
    enter: [
      {
        id: 'large',
        name: 'large',
        before: 2,
        after: 1,
        because: [{ kind: 'employee_count', label: 'Employees', points }],
      },
    ],
    leave: [
      {
        id: 'small',
        name: 'small',
        before: 1,
        after: 2,
        because: [{ kind: 'employee_count', label: 'Employees', points: -points }],
      },
    ],
  });
  expect(shift(before, before)).toEqual({ stay: 1, enter: [], leave: [] });
});

it('names the criterion that excludes, not the points that fall away with it', () => {
  const [before, after] = [
    icp(size(1, 100), country('US')),
    icp(size(1_000, 9_000, { required: true }), country('US')),
  ];
  const { enter, leave } = shift(before, after);
  expect(leave[0]?.because).toMatchObject([
    { label: 'Employees excludes it:', points: -100 * MODEL.priority.fit },
  ]);
  expect(enter[0]?.because[0]?.points).toBeGreaterThan(0);
  expect(shift(after, before).enter[0]?.because).toMatchObject([
    { label: 'Employees no longer excludes it:' },
  ]);
});

it('tells two criteria of one kind apart', () => {
  const both = (one: string, other: string) => icp(country(one), country(other), size(1, 9_000));
  const [before, after] = [both('US', 'DE'), both('DE', 'DE')];
  const us = candidate('us', 50, before, after);
  const change = fitScore(us.parts.after) - fitScore(us.parts.before);
  const { leave } = icpShift(
    [us, { ...us, id: 'a', parts: { before: us.parts.after, after: us.parts.after } }],
    MODEL,
    NOW,
    1,
  );
  expect(leave[0]?.because).toEqual([
    { kind: 'country', label: 'Country', points: expect.closeTo(change * MODEL.priority.fit, 9) },
  ]);
  expect(priorityOf(MODEL, { ...us, fit: 0 }, NOW)).toBe(0);
});
