import { When } from '../../ui/When.tsx';

type Staleness = { watched: number; overdue: number; oldestLookAt: string | null };

/** How many things are looked at one by one, how many of them wait longer than they should, and how old the oldest look is. */
export function Stale({ of, thing }: { of: Staleness; thing: string }) {
  return (
    <div className="faint">
      {of.watched.toLocaleString('en-US')} {of.watched === 1 ? thing : `${thing}s`}
      {of.overdue > 0 && `, ${of.overdue.toLocaleString('en-US')} overdue`}
      {of.overdue > 0 && of.oldestLookAt && (
        <>
          {' '}
          (oldest look <When at={of.oldestLookAt} />; open deals and owned accounts go first)
        </>
      )}
    </div>
  );
}
