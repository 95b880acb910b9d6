import { NumberInput } from '@mantine/core';
import { PRIORITY_TERMS, TERM_LABELS, type PriorityTerm } from '@penstock/scoring/model/priority';

import type { IntentModel } from './ModelEditor.tsx';
import styles from './settings.module.css';

type Formula = IntentModel['priority'];

const ABOUT: Record<PriorityTerm, string> = {
  signal: 'What happened lately, 0 to 100',
  fit: 'How well the account matches the ICP, 0 to 100',
  value: 'Of the open deal with the largest expected value: half the points at the value below',
  stage: 'Probability of that deal’s stage',
  freshness: '100 on the day of the newest signal, then falling by the half-life below',
  urgency: 'A buyer named a decision within 90 days: evidence on the deal',
  committee: 'Every role of the buying committee is filled by somebody who takes part',
  budget: 'A buyer confirmed the budget: evidence on the deal',
  responding: 'Two people or more answered within 30 days',
};
const percent = (share: number): number => Math.round(share * 100);
const bounded = (value: string | number, min: number, max: number): number =>
  Math.min(max, Math.max(min, Number(value) || 0));
const sumOf = (formula: Formula): number =>
  PRIORITY_TERMS.reduce((sum, term) => sum + percent(formula[term]), 0);

/** Whether the weights add up to 100 %; only such a formula can be saved. */
export const isWhole = (formula: Formula): boolean => sumOf(formula) === 100;

/** Weights of the queue's order, and what its terms are measured by. */
export function PriorityEditor(props: {
  model: IntentModel;
  published: IntentModel;
  editable: boolean;
  onChange: (model: IntentModel) => void;
}) {
  const { model, published, editable, onChange } = props;
  const formula = model.priority;
  const set = (change: Partial<Formula>) => onChange({ ...model, priority: { ...formula, ...change } });
  const sum = sumOf(formula);
  return (
    <>
      <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Table">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Term</th>
              <th scope="col">Weight</th>
              <th scope="col">Published</th>
            </tr>
          </thead>
          <tbody>
            {PRIORITY_TERMS.map((term) => (
              <tr key={term}>
                <td>
                  {TERM_LABELS[term]}
                  <div className="dim">{ABOUT[term]}</div>
                </td>
                <td>
                  <NumberInput
                    aria-label={`Weight of ${TERM_LABELS[term].toLowerCase()}`}
                    suffix=" %"
                    min={0}
                    max={100}
                    value={percent(formula[term])}
                    disabled={!editable}
                    onChange={(value) => set({ [term]: Math.round(bounded(value, 0, 100)) / 100 })}
                  />
                </td>
                <td className="dim num">
                  {published.priority[term] === formula[term]
                    ? 'same'
                    : `was ${percent(published.priority[term])} %`}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>Together</td>
              <td className="num" role="status">
                {sum === 100 ? '100 %' : `${sum} %: the weights must add up to 100 %`}
              </td>
              <td />
            </tr>
          </tfoot>
        </table>
      </div>
      <h3 style={{ marginTop: 32 }}>Measures</h3>
      <div className={styles.formRow}>
        <NumberInput
          label="Half-life of freshness"
          description="1 to 90 days"
          suffix=" days"
          min={1}
          max={90}
          value={formula.freshnessHalfLifeDays}
          disabled={!editable}
          onChange={(value) => set({ freshnessHalfLifeDays: bounded(value, 1, 90) })}
        />
        {Object.entries(formula.halfValueMinor).map(([currency, minor]) => (
          <NumberInput
            key={currency}
            label={`Half the points at, ${currency}`}
            description="A deal in another currency gets half"
            thousandSeparator=","
            min={1}
            max={10_000_000_000}
            value={Math.round(minor / 100)}
            disabled={!editable}
            onChange={(value) =>
              set({
                halfValueMinor: {
                  ...formula.halfValueMinor,
                  [currency]: Math.round(bounded(value, 1, 10_000_000_000) * 100),
                },
              })
            }
          />
        ))}
      </div>
    </>
  );
}
