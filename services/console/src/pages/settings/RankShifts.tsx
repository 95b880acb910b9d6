import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import type { QueryOutput } from '../../api/procedures.ts';
import { points } from '../../format/words.ts';
import styles from './settings.module.css';

type Shifted = Pick<QueryOutput<'settings.compareIcp'>, 'top' | 'enter' | 'leave' | 'stay'>;

/** Who would enter and leave the top of the queue, with the reason. */
export function RankShifts({ top, enter, leave, stay }: Shifted) {
  return (
    <>
      <p className={styles.shiftsTold}>
        Of the top {top}, {stay} stay and {enter.length} enter.
      </p>
      <Shifts title="Enter" shifts={enter} />
      <Shifts title="Leave" shifts={leave} />
    </>
  );
}

const FEW = 10;

function Shifts({ title, shifts }: { title: string; shifts: Shifted['enter'] }) {
  const [all, setAll] = useState(false);
  if (shifts.length === 0) return null;
  return (
    <>
      <ShiftTable title={title} shifts={all ? shifts : shifts.slice(0, FEW)} />
      {shifts.length > FEW && (
        <Button variant="subtle" size="xs" onClick={() => setAll(!all)}>
          {all ? `Show the first ${FEW}` : `Show all ${shifts.length} that ${title.toLowerCase()}`}
        </Button>
      )}
    </>
  );
}

function ShiftTable({ title, shifts }: { title: string; shifts: Shifted['enter'] }) {
  return (
    <div className={`${styles.tableBox} ${styles.shifts}`} tabIndex={0} role="region" aria-label={title}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">Rank</th>
            <th scope="col">Because</th>
          </tr>
        </thead>
        <tbody>
          {shifts.map((shift) => (
            <tr key={shift.id}>
              <td>
                <Link to="/accounts/$accountId" params={{ accountId: shift.id }}>
                  {shift.name}
                </Link>
              </td>
              <td className="num">
                {shift.before} → {shift.after}
              </td>
              <td className="dim">
                {shift.because
                  .map(({ label, points: by }) => `${label} ${by < 0 ? '−' : '+'}${points(Math.abs(by), 1)}`)
                  .join(', ') || 'others moved'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
