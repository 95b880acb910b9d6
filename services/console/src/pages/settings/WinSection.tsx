import { Alert, Button } from '@mantine/core';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { day } from '../../format/moment.ts';
import { CalibrationPlot } from '../../records/CalibrationPlot.tsx';
import { winInWords } from '../../records/win-words.ts';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './settings.module.css';

type Model = QueryOutput<'deals.winModel'>;

/** What the probability to close was learned from, how well it foretells, and what to be careful of. */
export function WinSection() {
  const editable = useMay()('icp.edit');
  const answer = useAnswer('deals.winModel', {});
  const learn = useChange('deals.learnWinModel', {
    stale: ['deals.winModel', 'deals.list', 'deals.get'],
    onDone: () => say.done('Learned anew from every decided deal'),
  });
  return (
    <>
      <SectionHead
        title="Win probability"
        note="Learned from your own decided deals as they stood every fourteen days, by what had been recorded by then. It learns by itself once a day when deals were decided."
      >
        {editable && (
          <Button loading={learn.isPending} onClick={() => learn.mutate({})}>
            Learn now
          </Button>
        )}
      </SectionHead>
      {answer.isPending && <BoneRows rows={6} height={40} />}
      {answer.isError && (
        <Failed what="The probability" error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {answer.data && <Told model={answer.data} />}
    </>
  );
}

function Told({ model }: { model: Model }) {
  return (
    <>
      <div className={styles.part}>
        <p>{winInWords(model)}</p>
        {model.since && model.until && (
          <p className="dim num">
            {model.won} won and {model.lost} lost deals, {day(model.since.slice(0, 10), 'UTC')} to{' '}
            {day(model.until.slice(0, 10), 'UTC')}
            {model.learnedAt && (
              <>
                ; version {model.version}, learned <When at={model.learnedAt} />
              </>
            )}
            .
          </p>
        )}
      </div>
      <Leaks leaks={model.leaks} />
      {model.calibration.length > 0 && (
        <div className={styles.part}>
          <h3>Foretold and come</h3>
          <p className="dim">
            Of deals that the model had not seen. On the dashed line a chance means what it says; larger
            points are more cases.
          </p>
          <CalibrationPlot bins={model.calibration} label="Calibration" />
        </div>
      )}
      {model.versions.length > 0 && (
        <div className={styles.part}>
          <h3>Versions</h3>
          <ul>
            {model.versions.map((version) => (
              <li key={version.number}>
                {version.number}: {version.note}{' '}
                {version.learnedAt && (
                  <span className="dim">
                    <When at={version.learnedAt} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Leaks({ leaks }: { leaks: Model['leaks'] }) {
  if (leaks.length === 0) return null;
  return (
    <Alert color="yellow" variant="light" role="alert" title="This may be too good to be true" mb="md">
      {leaks.map(({ label, alone, without }) => (
        <p key={label}>
          “{label}” alone tells wins from losses with {alone.toFixed(2)}, all else together with{' '}
          {without.toFixed(2)}. If it is written down only once a deal is decided, do not trust the numbers.
        </p>
      ))}
    </Alert>
  );
}
