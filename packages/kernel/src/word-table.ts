/** What words of others mean. It has its own words only: `constructor` and its like, which every plain object knows, mean nothing. */
export type WordTable<Meaning> = Readonly<Partial<Record<string, Meaning>>>;

export function wordTable<Meaning>(meanings: Readonly<Record<string, Meaning>>): WordTable<Meaning> {
  const table: Record<string, Meaning> = { ...meanings };
  Object.setPrototypeOf(table, null);
  return table;
}
