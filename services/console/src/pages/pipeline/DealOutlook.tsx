import { Link } from '@tanstack/react-router';

import type { DealDetail } from '../../api/records.ts';
import { points } from '../../format/words.ts';
import { Section } from '../../ui/Section.tsx';
import { When } from '../../ui/When.tsx';
import styles from './pipeline.module.css';
import { StallMark } from './StallMark.tsx';

/** What to do about an open deal, who is missing, and whether it stands still or shows intent again, with what shows it. */
export function DealOutlook({ deal }: { deal: DealDetail }) {
  const { advice, stalled, reactivating, missing } = deal;
  if (advice === null) return null;
  return (
    <Section title="What to do" aside={<StallMark deal={deal} />}>
      <p>{advice}</p>
      {missing && missing.length > 0 && <p className="dim">Nobody is known for: {missing.join(', ')}.</p>}
      {stalled && (
        <p className={styles.stall}>
          Stalled since <When at={stalled.since} />: no activity and no move since{' '}
          <When at={stalled.lastMovedAt} />, where {stalled.usualDays} days are usual in this stage
          {stalled.usualFrom === 'won_deals' ? ' for won deals' : ' until enough deals are won here'}.{' '}
          {reactivating
            ? `Its account shows new intent worth ${points(reactivating.points)} points since then:`
            : 'Its account shows no new intent worth telling since then.'}
        </p>
      )}
      {deal.revivedBy.length > 0 && <RevivedBy signals={deal.revivedBy} />}
    </Section>
  );
}

function RevivedBy({ signals }: { signals: DealDetail['revivedBy'] }) {
  return (
    <ul className={styles.revived} aria-label="New signals since it stalled">
      {signals.map(({ id, label, summary, occurredAt, url, quote }) => (
        <li key={id}>
          <span className="dim">{label}</span>
          <div>
            <Link to="/signals/$signalId" params={{ signalId: id }}>
              {summary}
            </Link>
            , <When at={occurredAt} />
            {url?.startsWith('https://') && (
              <>
                {' · '}
                <a href={url} target="_blank" rel="noreferrer noopener">
                  Source
                </a>
              </>
            )}
            {quote && <p className="dim">“{quote}”</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}
