import { expect, it } from 'vitest';

import { readNewRun } from './new-run.ts';

const filled = { name: 'Q4', field: 'mobile', limit: '1,000', budget: '$25.50', guard: '0.4', after: '50' };
const read = (changed: Partial<typeof filled>) => {
  const fields: Record<string, string> = { ...filled, ...changed };
  return readNewRun((name) => fields[name] ?? '');
};

it('turns dollars into micros and keeps what was chosen', () => {
  expect(read({})).toEqual({
    issues: [],
    request: {
      name: 'Q4',
      people: { kind: 'missing', field: 'mobile', limit: 1_000 },
      budgetMicros: 25_500_000,
      guard: { costPerUsableMicros: 400_000, afterRecords: 50 },
      campaignId: null,
    },
  });
});

it('names a team only when one was chosen: left out it is that of whoever starts', () => {
  const chosen = (team: string) =>
    readNewRun((name) => ({ ...filled, team, campaign: 'c' })[name] ?? '').request;
  expect(chosen('')).not.toHaveProperty('teamId');
  expect(chosen('t')).toMatchObject({ teamId: 't', campaignId: 'c' });
  expect(chosen('none')).toMatchObject({ teamId: null });
});

it('takes an empty budget and an empty guard for none', () => {
  expect(read({ budget: '', guard: '', after: '' }).request).toMatchObject({
    budgetMicros: null,
    guard: null,
  });
});

it.each([
  ['name', '', 'name'],
  ['limit', '0', 'people.limit'],
  ['limit', '1.5', 'people.limit'],
  ['limit', '', 'people.limit'],
  ['limit', '200001', 'people.limit'],
  ['budget', '-1', 'budgetMicros'],
  ['budget', 'much', 'budgetMicros'],
  ['guard', '0', 'guard.costPerUsableMicros'],
  ['after', 'x', 'guard.afterRecords'],
])('names the field that is wrong: %s of %j', (name, typed, field) => {
  const { request, issues } = read({ [name]: typed });
  expect(request).toBeNull();
  expect(issues.map((issue) => issue.field)).toEqual([field]);
});
