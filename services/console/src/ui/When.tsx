import { useMe } from '../api/hooks.ts';
import { dated, duration, exact, relative } from '../format/moment.ts';
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

/** Writes the dates in a sentence that the server made as the reader does. */
export function useDated(): (text: string) => string {
  const { member } = useMe();
  return (text) => dated(text, member.timeZone);
}

/** A sentence that the server made, with its dates as the reader writes them. */
export function Dated({ children }: { children: string }) {
  return useDated()(children);
}

/** The same where it may be cut off: whole on hover. */
export function DatedClip({ children }: { children: string }) {
  const text = useDated()(children);
  return <span title={text}>{text}</span>;
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
