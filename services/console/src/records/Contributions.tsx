import type { Contribution } from '../api/records.ts';
import { points } from '../format/words.ts';
import { When } from '../ui/When.tsx';
import styles from './records.module.css';

/** The parts of a signal score; the last line is their sum, which is the score. */
export function Contributions({ parts, total }: { parts: readonly Contribution[]; total: number }) {
  if (parts.length === 0)
    return <p className="dim">No signal counts at the moment, so the signal score is 0.</p>;
  const most = Math.max(...parts.map((part) => part.points), 1);
  return (
    <table className={styles.parts}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Signal</th>
          <th scope="col">Last event, half-life</th>
          <th scope="col">Points</th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <tr key={part.kind}>
            <td>
              <div>{part.label}</div>
              <div className={styles.bar} aria-hidden>
                <span style={{ width: `${(Math.max(part.points, 0) / most) * 100}%` }} />
              </div>
            </td>
            <td className="dim">
              <When at={part.lastEventAt} />
              <span title="Days after which it counts half, without a new event">
                {' '}
                · halves in {points(part.halfLifeDays, part.halfLifeDays % 1 === 0 ? 0 : 1)} d
              </span>
            </td>
            <td className="num right">{signed(part.points)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={2}>Signal score</td>
          <td className="num right">{points(total, 1)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${points(Math.abs(value), 1)}`;
}
