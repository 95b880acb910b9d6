import { useMe } from '../api/hooks.ts';
import { duration, exact, relative } from '../format/moment.ts';
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

/** How long something has been so: `16 h`, `3 d`. */
export function Age({ since, className }: { since: string; className?: string }) {
  const now = useNow();
  const { member } = useMe();
  return (
    <time dateTime={since} title={`Since ${exact(since, member.timeZone)}`} className={className}>
      {duration(Math.max(0, now - Date.parse(since))).replace(/ h \d+ min$/, ' h')}
    </time>
  );
}
