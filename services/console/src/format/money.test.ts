import { expect, it } from 'vitest';

import { minor, moneyExact, moneyShort, spend } from './money.ts';

it('shows provider spend to the hundredth of a cent', () => {
  expect(spend(34_200)).toBe('$0.0342');
});

it('shows large amounts short and whole amounts without cents', () => {
  expect(moneyShort(120_000_000, 'USD')).toBe('$1.2M');
  expect(moneyExact(5_000_000, 'EUR')).toBe('€50,000');
  expect(moneyExact(5_000_050, 'EUR')).toBe('€50,000.50');
});

it('knows that a yen has no cents', () => {
  expect(minor(5_000, 'JPY')).toBe(5_000);
  expect(moneyExact(5_000, 'JPY')).toBe('¥5,000');
});
