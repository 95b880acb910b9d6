import { describe, expect, it } from 'vitest';

import { judgeWindow, type Window } from './balance-windows.ts';

const finder = (credits: number) => [{ capability: 'email-finder', credits }];
const unknown = (...credits: number[]) =>
  credits.map((one, at) => ({ id: `call ${at}`, capability: 'email-finder', credits: one }));
const window = (wentCredits: number, known: Window['known'], open: Window['unknown'] = []): Window => ({
  wentCredits,
  known,
  unknown: open,
});
const EXACT = [window(3, finder(3)), window(0, [])];
const state = (...of: Parameters<typeof judgeWindow>) => judgeWindow(...of).state;

describe('charges by the balance', () => {
  it('were not made where nothing went beyond what other calls cost', () => {
    expect(state(window(2, finder(2), unknown(1)), EXACT)).toBe('not_charged');
    expect(state(window(0, [], unknown(1, 1)), EXACT)).toBe('not_charged');
  });

  it('were made where exactly their price went', () => {
    expect(judgeWindow(window(4, finder(2), unknown(1, 1)), EXACT)).toEqual({
      state: 'charged',
      because: 'by the key’s balance: 2 credits went beyond what other calls cost',
    });
    expect(state(window(0.25, [], unknown(0.25)), [window(0.75, finder(0.75))])).toBe('charged');
  });

  it('stay for a person where some were made and some not', () => {
    expect(judgeWindow(window(1, [], unknown(1, 1)), EXACT).because).toContain(
      'which of 2 calls was charged',
    );
  });

  it('stay for a person where somebody else uses the key, or it was topped up', () => {
    expect(state(window(9, [], unknown(1)), EXACT)).toBe('unclear');
    expect(judgeWindow(window(-100, finder(1), unknown(1)), EXACT).because).toContain('topped up');
    expect(judgeWindow(window(1, [], unknown(1)), [...EXACT, window(5, finder(3))]).because).toContain(
      '2 credits went from the balance that no call explains',
    );
  });

  it('stay for a person where nothing shows yet that this balance tells of such calls', () => {
    expect(state(window(0, [], unknown(1)), [])).toBe('unclear');
    expect(state(window(1, [], unknown(1)), [window(2, [{ capability: 'verifier', credits: 2 }])])).toBe(
      'unclear',
    );
    // Others of the same kind in the same window show it only where nothing else went.
    expect(state(window(2, finder(2), unknown(1)), [])).toBe('not_charged');
    expect(state(window(3, finder(2), unknown(1)), [])).toBe('unclear');
  });
});
