import { useAnswer } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { CalibrationPlot } from '../../records/CalibrationPlot.tsx';
import { Bone, Failed } from '../../ui/States.tsx';
import { RankShifts } from './RankShifts.tsx';
import styles from './settings.module.css';

type Comparison = QueryOutput<'scores.compareModel'>;

/** Who would enter and leave the top, and how both versions would have ranked decided deals. */
export function ModelComparison({ versionId }: { versionId: string }) {
  const answer = useAnswer('scores.compareModel', { versionId });
  if (answer.isPending) return <Bone height={120} />;
  if (answer.isError)
    return <Failed what="The comparison" error={answer.error} onRetry={() => void answer.refetch()} />;
  const compared = answer.data;
  return (
    <>
      <RankShifts {...compared} />
      <div className={styles.backTest}>
        <h3>On deals that were decided</h3>
        <BackTests compared={compared} />
      </div>
    </>
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
  if (saysNothing(published) && saysNothing(draft))
    return (
      <p className="dim">
        On {published.cases} decided deals neither version tells won from lost: no signal had been recorded at
        their accounts when they were opened.
      </p>
    );
  const percent = (share: number | null) => (share === null ? '–' : `${Math.round(share * 100)} %`);
  const inPairs = (area: number) => Math.round(area * 100);
  return (
    <>
      <p className="num">
        On {published.cases} decided deals, by what was known when each was opened. A won deal stood above a
        lost one in {inPairs(published.area)} of 100 pairs now, in {inPairs(draft.area)} with this version. Of
        the first {draft.capacity} that it ranked, {percent(published.precision)} were won now,{' '}
        {percent(draft.precision)} with it.
      </p>
      <p className="dim">
        50 of 100 pairs is what chance gives, 100 a perfect order (this share is called AUC, area under the
        curve: <span className="num">{published.area.toFixed(2)}</span> now,{' '}
        <span className="num">{draft.area.toFixed(2)}</span> with this version).
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

/** Every deal stood at the same score, so none stood above another. */
const saysNothing = ({ area, calibration }: Comparison['published']): boolean =>
  area !== null && Math.abs(area - 0.5) < 1e-9 && (calibration?.length ?? 1) === 1;
