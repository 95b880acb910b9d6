import { NumberInput } from '@mantine/core';

import type { QueryOutput } from '../../api/procedures.ts';
import { usualHalfLife } from './model-words.ts';
import styles from './settings.module.css';

export type IntentModel = QueryOutput<'scores.model'>['published'];
type Group = 'kinds' | 'risk';

/** Cap, saturation and half-life of each kind; what differs from the published version says so. */
export function ModelEditor(props: {
  model: IntentModel;
  published: IntentModel;
  editable: boolean;
  onChange: (model: IntentModel) => void;
}) {
  return (
    <>
      <h3>Signals</h3>
      <KindTable {...props} group="kinds" />
      <h3>Risk, a number of its own</h3>
      <KindTable {...props} group="risk" />
    </>
  );
}

function KindTable(props: Parameters<typeof ModelEditor>[0] & { group: Group }) {
  const { model, published, editable, group, onChange } = props;
  const set = (kind: string, change: Partial<IntentModel[Group][string]>) => {
    const known = model[group][kind];
    if (known) onChange({ ...model, [group]: { ...model[group], [kind]: { ...known, ...change } } });
  };
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Table">
      <table className={`${styles.table} ${styles.fields}`}>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">At most, points</th>
            <th scope="col">Half of that at a strength of</th>
            <th scope="col">Counts half after, days</th>
            <th scope="col">Published</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(model[group]).map(([kind, { label, cap, saturation, halfLifeDays }]) => (
            <tr key={kind}>
              <td>{label}</td>
              <td>
                <NumberInput
                  aria-label={`Most points of ${label}`}
                  min={0}
                  max={95}
                  value={Math.round(cap * 100)}
                  disabled={!editable}
                  onChange={(value) => set(kind, { cap: Math.min(95, Math.max(0, Number(value))) / 100 })}
                />
              </td>
              <td>
                <NumberInput
                  aria-label={`Strength for half of ${label}`}
                  min={0.05}
                  max={10}
                  step={0.05}
                  decimalScale={2}
                  value={saturation}
                  disabled={!editable}
                  onChange={(value) => set(kind, { saturation: Math.min(10, Math.max(0.05, Number(value))) })}
                />
              </td>
              <td>
                <NumberInput
                  aria-label={`Days after which ${label} counts half`}
                  min={0.5}
                  max={730}
                  step={1}
                  decimalScale={1}
                  value={halfLifeDays ?? usualHalfLife(kind)}
                  disabled={!editable}
                  onChange={(value) =>
                    set(kind, { halfLifeDays: Math.min(730, Math.max(0.5, Number(value))) })
                  }
                />
              </td>
              <td className="dim num">
                <Published kind={kind} now={{ cap, saturation, halfLifeDays }} was={published[group][kind]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Measures = { cap: number; saturation: number; halfLifeDays?: number | undefined };

function Published(props: { kind: string; now: Measures; was: Measures | undefined }) {
  const { kind, now, was } = props;
  if (!was) return 'new';
  const days = (measures: Measures) => measures.halfLifeDays ?? usualHalfLife(kind);
  if (was.cap === now.cap && was.saturation === now.saturation && days(was) === days(now)) return 'same';
  return `was ${Math.round(was.cap * 100)}, ${was.saturation}, ${days(was)} d`;
}
