import type { DealRow } from '../../api/records.ts';
import { day } from '../../format/moment.ts';
import { Tag } from '../../ui/Tag.tsx';

/** Says of a stalled deal that it stands still, or that its account shows intent again; of others nothing. */
export function StallMark({ deal }: { deal: DealRow }) {
  const { stalled, reactivating } = deal;
  if (!stalled) return null;
  const since = `Stalled since ${day(stalled.since)}`;
  if (!reactivating)
    return (
      <Tag shape="ring" title={`${since}, without new intent`}>
        Stalled
      </Tag>
    );
  const why = reactivating.parts.map(({ label }) => label).join(', ');
  return (
    <Tag tone="good" shape="half" title={`${since}; new intent: ${why}`}>
      Reactivating
    </Tag>
  );
}
