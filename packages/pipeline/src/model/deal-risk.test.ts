import { expect, it } from 'vitest';

import { dealRisk } from './deal-risk.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const healthy = {
  stageType: 'open' as const,
  nextStep: 'Demo',
  nextStepDueAt: new Date('2026-11-25T09:00:00.000Z'),
  expectedCloseOn: '2026-12-20',
  stageEnteredAt: new Date('2026-11-20T09:00:00.000Z'),
};
const NONE = { risk: 0, parts: [] };

it('is 0 for a deal in order, and nothing for one that is decided', () => {
  expect(dealRisk(healthy, NONE, NOW)).toEqual({ risk: 0, parts: [] });
  expect(dealRisk({ ...healthy, stageType: 'won' }, NONE, NOW)).toBeNull();
});

it.each([
  [{ nextStep: '', nextStepDueAt: null }, 'No next step'],
  [{ nextStepDueAt: new Date('2026-11-23T08:59:59.000Z') }, 'Next step overdue'],
  [{ expectedCloseOn: '2026-11-22' }, 'Close date passed'],
  [{ stageEnteredAt: new Date('2026-11-09T09:00:00.000Z') }, '14 days in this stage'],
])('rises with %j, and says why', (change, why) => {
  const risk = dealRisk({ ...healthy, ...change }, NONE, NOW);
  expect(risk?.parts.map((part) => part.label)).toEqual([why]);
});

it('is not yet late on the day itself', () => {
  const due = { nextStepDueAt: NOW, expectedCloseOn: '2026-11-23' };
  expect(dealRisk({ ...healthy, ...due }, NONE, NOW)?.risk).toBe(0);
});

it('takes the risk of the account whole, with its parts, beside its own', () => {
  const account = {
    risk: 50,
    parts: [
      { kind: 'champion_departure', label: 'Champion departure', points: 30 },
      { kind: 'budget_cut', label: 'Budget cut', points: 20 },
    ],
  };
  const alone = dealRisk(healthy, account, NOW);
  expect(alone?.risk).toBeCloseTo(50, 9);
  expect(alone?.parts.map((part) => [part.label, Math.round(part.points)])).toEqual([
    ['Champion departure', 30],
    ['Budget cut', 20],
  ]);
  const both = dealRisk({ ...healthy, nextStep: '' }, account, NOW);
  expect(both?.risk).toBeCloseTo(100 * (1 - 0.5 * 0.75), 9);
  expect(both?.parts.reduce((sum, part) => sum + part.points, 0)).toBeCloseTo(both?.risk ?? 0, 9);
});
