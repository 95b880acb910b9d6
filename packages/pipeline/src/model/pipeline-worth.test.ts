import { expect, it } from 'vitest';

import { pipelineWorth, whyNotClosable, type WeighedDeal } from './pipeline-worth.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const ALIVE: WeighedDeal = {
  stageType: 'open',
  nextStep: 'Call on Thursday',
  nextStepDueAt: inDays(3),
  expectedCloseOn: '2026-12-20',
  stageEnteredAt: inDays(-5),
  valueMinor: 1_000_000,
  currency: 'USD',
  probability: 0.5,
};
const DEAD: WeighedDeal = { ...ALIVE, nextStep: '', nextStepDueAt: null, stageEnteredAt: inDays(-45) };
const many = (count: number, deal: WeighedDeal) => Array.from({ length: count }, () => deal);
const expected = (deals: readonly WeighedDeal[]) => pipelineWorth(deals, NOW)[0]?.expectedMinor ?? 0;

it('R044: 60 deals of which 45 cannot close are worth less than 20 of which 18 can', () => {
  const crowded = [...many(45, DEAD), ...many(15, ALIVE)];
  const lean = [...many(18, ALIVE), ...many(2, DEAD)];
  expect(pipelineWorth(crowded, NOW)).toMatchObject([{ count: 60, closable: 15, valueMinor: 60_000_000 }]);
  expect(pipelineWorth(lean, NOW)).toMatchObject([{ count: 20, closable: 18, valueMinor: 20_000_000 }]);
  expect(expected(crowded)).toBeLessThan(expected(lean));
});

it('sums no two currencies together', () => {
  const worth = pipelineWorth([ALIVE, { ...ALIVE, currency: 'EUR', valueMinor: 3_000_000 }], NOW);
  expect(worth.map(({ currency, valueMinor }) => [currency, valueMinor])).toEqual([
    ['EUR', 3_000_000],
    ['USD', 1_000_000],
  ]);
});

it('says why a deal cannot close, and nothing of one with a next step', () => {
  expect(whyNotClosable(ALIVE, NOW)).toBeNull();
  expect(whyNotClosable({ ...DEAD, nextStep: 'Call', nextStepDueAt: inDays(-13) }, NOW)).toBeNull();
  expect(whyNotClosable({ ...DEAD, nextStep: 'Call', nextStepDueAt: inDays(-15) }, NOW)).toMatch(/45 days/);
  expect(whyNotClosable({ ...DEAD, stageEnteredAt: inDays(-29) }, NOW)).toBeNull();
  expect(whyNotClosable({ ...DEAD, stageEnteredAt: inDays(-2), expectedCloseOn: '2026-11-22' }, NOW)).toMatch(
    /Close date 2026-11-22/,
  );
});
