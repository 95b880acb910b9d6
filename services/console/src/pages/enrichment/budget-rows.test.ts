import { expect, it } from 'vitest';

import { budgetRows, paceWords, type BudgetsAnswer } from './budget-rows.ts';

const amounts = { limitMicros: null, reservedMicros: 0, chargedMicros: 0 };
const pace = { projectedMicros: null, emptyOn: null };
const run = { ...amounts, state: 'running', team: null };
const answer: BudgetsAnswer = {
  month: { ...amounts, ...pace, limitMicros: 50_000_000, period: '2026-11', passed: 0.5 },
  teams: [{ ...amounts, ...pace, id: 't', name: 'EMEA' }],
  campaigns: [{ ...amounts, id: 'c', name: 'Autumn', list: 'fair.csv', runs: 1, closed: false }],
  runs: [
    { ...run, id: 'a', name: 'First', campaignId: 'c', team: 'EMEA' },
    { ...run, id: 'b', name: 'Second', campaignId: null },
  ],
};

it('shows runs below their campaign, and the others below the workspace', () => {
  expect(budgetRows(answer).map(({ name, kind, depth }) => `${depth} ${name} (${kind})`)).toEqual([
    '0 Workspace (this month)',
    '1 EMEA (team, this month)',
    '1 Autumn (list fair.csv)',
    '2 First (running, team EMEA)',
    '1 Second (running)',
  ]);
});

it('says when a month is empty, or that it lasts', () => {
  expect(paceWords({ limitMicros: 1, ...pace })).toBe('');
  expect(paceWords({ limitMicros: 20_000_000, projectedMicros: 10_000_000, emptyOn: null })).toBe(
    '$10.00 by the end of the month at this pace: it lasts',
  );
  expect(
    paceWords({ limitMicros: 5_000_000, projectedMicros: 10_000_000, emptyOn: '2026-11-15T00:00:00.000Z' }),
  ).toContain('empty about 15 Nov 2026');
});
