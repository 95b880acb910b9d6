/** What stands in the address of a page, as it is saved. */
export type Search = Record<string, string | number | boolean>;

/** Only what is set; an order of its own, so that equal views are equal. */
export function viewOf(raw: Readonly<Record<string, unknown>>): Search {
  const set = Object.entries(raw).flatMap(([key, value]) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [[key, value] as const]
      : [],
  );
  return Object.fromEntries(set.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

export const sameView = (one: Search, other: Search): boolean =>
  JSON.stringify(viewOf(one)) === JSON.stringify(viewOf(other));
