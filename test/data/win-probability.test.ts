import type { Facts } from '@penstock/scoring/model/win-encoding';
import { learnWinModel, type Outcome } from '@penstock/scoring/model/win-probability';
import { expect, it, type TestContext } from 'vitest';

import { referenceText } from './reference.ts';

/** Rows of a file whose values hold neither separators nor line breaks. */
function outcomesOf(
  context: TestContext,
  file: string,
  shape: { separator: string; outcome: string; won: string; leftOut: readonly string[] },
): Outcome[] {
  const [head = '', ...lines] = referenceText(context, file).trim().split(/\r?\n/);
  const cells = (line: string) => line.split(shape.separator).map((cell) => cell.replaceAll('"', ''));
  const names = cells(head);
  return lines.map((line) => {
    const values = cells(line);
    const facts: Record<string, string | number> = {};
    names.forEach((name, at) => {
      const value = values[at] ?? '';
      if (name !== shape.outcome && !shape.leftOut.includes(name))
        facts[name] = value !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
    });
    return { facts: facts satisfies Facts, won: values[names.indexOf(shape.outcome)] === shape.won };
  });
}

it('448 B2B deals are told apart with an AUC of at least 0.80 over five folds, and no leak is seen', (context) => {
  const deals = outcomesOf(context, 'pipeline/salvirt-b2b/Salvirt_B2B_ML_dataset.csv', {
    separator: ';',
    outcome: 'Status',
    won: 'Won',
    leftOut: [],
  });
  const model = learnWinModel(deals);
  expect(model).toMatchObject({ state: 'ready', count: 448, won: 227, lost: 221, leaks: [] });
  expect(model.state === 'ready' && model.area).toBeGreaterThanOrEqual(0.8);
});

it('the length of the closing call is named as a leak in 45,211 bank contacts', (context) => {
  const contacts = outcomesOf(context, 'leads/bank_market.csv', {
    separator: ',',
    outcome: 'y',
    won: 'yes',
    leftOut: ['Cust_num'],
  });
  const model = learnWinModel(contacts);
  expect(model.state === 'ready' && model.leaks.map((leak) => leak.fact)).toEqual(['duration']);
}, 120_000);
