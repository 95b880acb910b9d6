import { Link } from '@tanstack/react-router';

import { useAnswer } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { points } from '../../format/words.ts';
import { CalibrationPlot } from '../../records/CalibrationPlot.tsx';
import { Bone, Failed } from '../../ui/States.tsx';
import styles from './settings.module.css';

type Comparison = QueryOutput<'scores.compareModel'>;

/** Who would enter and leave the top, with the reason, and how both versions would have ranked decided deals. */
export function ModelComparison({ versionId }: { versionId: string }) {
  const answer = useAnswer('scores.compareModel', { versionId });
  if (answer.isPending) return <Bone height={120} />;
  if (answer.isError)
    return <Failed what="The comparison" error={answer.error} onRetry={() => void answer.refetch()} />;
  const compared = answer.data;
  return (
    <>
      <p>
        Of the top {compared.top}, {compared.stay} stay and {compared.enter.length} enter.
      </p>
      <Shifts title="Enter" shifts={compared.enter} />
      <Shifts title="Leave" shifts={compared.leave} />
      <BackTests compared={compared} />
    </>
  );
}

function Shifts({ title, shifts }: { title: string; shifts: Comparison['enter'] }) {
  if (shifts.length === 0) return null;
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={title}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">Rank</th>
            <th scope="col">Because</th>
          </tr>
        </thead>
        <tbody>
          {shifts.slice(0, 10).map((shift) => (
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

function BackTests({ compared }: { compared: Comparison }) {
  const { published, compared: draft } = compared;
  if (published.area === null || draft.area === null)
    return (
      <p className="dim">
        {published.cases === 0
          ? 'No deal is decided yet'
          : `${published.cases} decided deals are all won or all lost`}
        , so neither version can be tested on outcomes.
      </p>
    );
  const percent = (share: number | null) => (share === null ? '–' : `${Math.round(share * 100)} %`);
  return (
    <>
      <p>
        On {published.cases} decided deals, by what was known when each was opened: AUC{' '}
        <span className="num">{published.area.toFixed(2)}</span> now,{' '}
        <span className="num">{draft.area.toFixed(2)}</span> with this version; won among the first{' '}
        {draft.capacity}: {percent(published.precision)} now, {percent(draft.precision)} with it.
      </p>
      {published.calibration && draft.calibration ? (
        <div className={styles.plots}>
          <CalibrationPlot bins={published.calibration} label="Calibration now" />
          <CalibrationPlot bins={draft.calibration} label="With this version" />
        </div>
      ) : (
        <p className="dim">Ten won and ten lost deals are needed to show how well a score foretells.</p>
      )}
    </>
  );
}
