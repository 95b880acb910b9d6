import { useMe } from '../api/hooks.ts';
import { exact, relative } from '../format/moment.ts';
import { useNow } from './now.ts';

/** A moment, relative; the exact one in the reader's zone on hover. */
export function When({ at, className }: { at: string; className?: string }) {
  const now = useNow();
  const { member } = useMe();
  return (
    <time dateTime={at} title={exact(at, member.timeZone)} className={className}>
      {relative(at, now)}
    </time>
  );
}
