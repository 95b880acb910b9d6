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
  const { requests, mostRequests, costMicros, mostMicros, resting } = of.today;
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
      {resting && <div className="dim">Rests until midnight UTC: {resting}</div>}
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
