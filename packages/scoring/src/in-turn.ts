import type { Tx } from '@penstock/store/tx';

/** A call does one piece and says whether there is more. */
export type Piecewise = (tx: Tx) => Promise<'more' | void>;

/** Several pieces of work, the next once the one before is done. */
export function inTurn(...works: readonly Piecewise[]): Piecewise {
  const left = [...works];
  return async (tx) => {
    if ((await left[0]?.(tx)) !== 'more') left.shift();
    if (left.length > 0) return 'more';
  };
}
