/** A page that is exactly ordered although only an upper bound of each row's rank is stored. */

export type Ranked = { id: string; exact: number };
export type After = { exact: number; id: string };

/** Highest first; equal ranks by id, so that the order is total. */
export function compareRanked(a: Ranked, b: Ranked): number {
  return b.exact - a.exact || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** True if nothing below `lowest` can come before `last`. */
function isSure(last: Ranked, lowest: { id: string; bound: number }): boolean {
  return lowest.bound < last.exact || (lowest.bound === last.exact && last.id <= lowest.id);
}

/**
 * The first `limit` rows below `after`, in exact order. Rows are read in batches down the bound, ranked exactly, and reading stops
 * as soon as the next bound lies below the last row that is already sure, or is equal while only higher ids can follow.
 * @param readBatch rows `offset …` in order of falling bound, equal ones by id; an empty batch means the end
 * @returns the page, and every row that had to be read for it
 */
export async function exactPage<Row extends Ranked & { bound: number }>(options: {
  limit: number;
  after: After | null;
  readBatch: (offset: number) => Promise<Row[]>;
}): Promise<{ rows: Row[]; seen: Row[] }> {
  const { limit, after } = options;
  const found: Row[] = [];
  const seen: Row[] = [];
  for (;;) {
    const batch = await options.readBatch(seen.length);
    seen.push(...batch);
    for (const row of batch) {
      if (after === null || compareRanked({ id: after.id, exact: after.exact }, row) < 0) found.push(row);
    }
    found.sort(compareRanked);
    const last = found[limit - 1];
    const lowest = batch.at(-1);
    if (lowest === undefined || (last !== undefined && isSure(last, lowest))) break;
  }
  return { rows: found.slice(0, limit), seen };
}
