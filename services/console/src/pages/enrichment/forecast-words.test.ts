import { expect, it } from 'vitest';

import { changesOf, dollars, groundOf, linesOf, type ForecastAnswer } from './forecast-words.ts';

const range = (low: number, mid: number, high: number) => ({ low, mid, high });
const outlook: ForecastAnswer['forecast'] = {
  versionId: 'v',
  costMicros: range(8_000_000, 10_000_000, 12_500_000),
  usable: range(70, 80, 88),
  calls: range(180, 200, 220),
  seconds: range(4, 5, 6),
  heldBy: null,
  perUsableMicros: 125_000,
  steps: [
    {
      provider: 'p',
      capability: 'c',
      calls: 100,
      costMicros: 1,
      rate: range(0.4, 0.5, 0.6),
      seen: 200,
      basis: 'history',
    },
  ],
};
const answer: ForecastAnswer = {
  records: 100,
  sampled: 100,
  barred: 0,
  forecast: outlook,
  against: null,
  difference: null,
  tightest: { scope: 'month', leftMicros: 50_000_000 },
  stopped: false,
  paceFrom: 'runs',
};

it('says what it comes to, with the range beside it', () => {
  expect(linesOf(outlook, 100).map(({ label, mid, range: span }) => [label, mid, span])).toEqual([
    ['Cost', '$10.00', '$8.00 to $12.50'],
    ['Usable contacts', '80 (80%)', '70 to 88'],
    ['Cost per usable', '$0.1250', '200 calls'],
    ['Time', '5.0 s', '4.0 s to 6.0 s'],
  ]);
});

it('tells a difference with its sign', () => {
  const changed = {
    ...answer,
    against: { ...outlook, perUsableMicros: 100_000 },
    difference: { costMicros: range(-2_000_000, -1_000_000, -500_000), usable: range(-1, 2, 5) },
  };
  expect(changesOf(changed)).toEqual(['−$1.00 (−$2.00 to −$0.5000)', '+2 (−1 to 5)', '+$0.0250', '']);
  expect(dollars(1_240_000_000)).toBe('$1,240');
});

it('says where it is only assumed', () => {
  const step = outlook.steps[0];
  const with2 = (basis: 'assumed' | 'few_calls') =>
    groundOf({ ...answer, forecast: { ...outlook, steps: step ? [step, { ...step, basis }] : [] } });
  expect(with2('assumed')).toContain('1 of 2 steps are assumed');
  expect(with2('few_calls')).toContain('1 have fewer than 30 calls');
  expect(groundOf({ ...answer, records: 9_000 })).toContain('Scaled from 100 people');
});
