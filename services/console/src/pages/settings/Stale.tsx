import { plural } from '../../format/words.ts';
import { When } from '../../ui/When.tsx';

type Staleness = {
  watched: number;
  overdue: number;
  waiting: number;
  oldestLookAt: string | null;
  firstLooksEndAt?: string | null;
};

/** How many things are looked at one by one, how many wait for their first look or longer than they should, and how old the oldest look is. */
export function Stale({ of, thing }: { of: Staleness; thing: string }) {
  const { watched, overdue, waiting, oldestLookAt, firstLooksEndAt = null } = of;
  return (
    <>
      <div className="faint">
        {plural(watched, thing)}
        {waiting > 0 && (
          <>
            , {waiting.toLocaleString('en-US')} not looked at yet
            {firstLooksEndAt && (
              <>
                {' '}
                (all <When at={firstLooksEndAt} />; open deals and owned accounts go first)
              </>
            )}
          </>
        )}
      </div>
      {overdue > 0 && (
        <div className="dim">
          {overdue.toLocaleString('en-US')} overdue
          {oldestLookAt && (
            <>
              {' '}
              (oldest look <When at={oldestLookAt} />; open deals and owned accounts go first)
            </>
          )}
        </div>
      )}
    </>
  );
}
