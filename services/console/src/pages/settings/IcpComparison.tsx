import { useDebouncedValue } from '@mantine/hooks';

import { useAnswer } from '../../api/hooks.ts';
import type { Icp } from '../../api/records.ts';
import { Bone, Failed } from '../../ui/States.tsx';
import { lacksWords } from './icp-words.ts';
import { RankShifts } from './RankShifts.tsx';

const TYPING_MS = 350;

/** Who would enter and leave the top of the queue under a profile, by the criteria that move them. */
export function IcpComparison({ icp }: { icp: Icp }) {
  const [compared] = useDebouncedValue(icp, TYPING_MS);
  const answer = useAnswer(
    'settings.compareIcp',
    { body: compared },
    { enabled: !compared.criteria.some(lacksWords), keepPrevious: true },
  );
  if (answer.isError)
    return <Failed what="The comparison" error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <Bone height={120} />;
  if (answer.data.candidates === 0)
    return <p className="dim">Nothing stands in the queue yet, so there is no order to compare.</p>;
  return <RankShifts {...answer.data} />;
}
