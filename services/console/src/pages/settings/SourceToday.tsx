import { Button } from '@mantine/core';
import { useState } from 'react';

import type { SourceRow } from '../../api/records.ts';
import { SourceLimit } from './SourceLimit.tsx';
import styles from './settings.module.css';

type Used = Pick<SourceRow, 'source' | 'name' | 'today'>;

const dollars = (micros: number): string => `$${(micros / 1_000_000).toFixed(2)}`;

/** What a source was asked today, of what it may be asked; whoever may, sets the limit. */
export function SourceToday({ of, may }: { of: Used; may: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const { requests, mostRequests, costMicros, mostMicros } = of.today;
  return (
    <td className={styles.end}>
      {requests.toLocaleString('en-US')}
      {mostRequests !== null && ` of ${mostRequests.toLocaleString('en-US')}`}
      {(costMicros > 0 || mostMicros !== null) && (
        <div className="dim">
          {dollars(costMicros)}
          {mostMicros !== null && ` of ${dollars(mostMicros)}`}
        </div>
      )}
      {may && (
        <div>
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={`Limit of the day of ${of.name}`}
            onClick={() => setOpen(true)}
          >
            Limit
          </Button>
        </div>
      )}
      {isOpen && <SourceLimit of={of} onClose={() => setOpen(false)} />}
    </td>
  );
}

/** Why nothing more is asked of a source today. */
export const Resting = ({ today }: Pick<Used, 'today'>) =>
  today.resting !== null && <div className="dim">Rests until midnight UTC: {today.resting}</div>;
