import type { SparseRow } from './logistic.ts';

/** What was known of a deal; null is unknown, which is a value of its own. */
export type Facts = Readonly<Record<string, string | number | null>>;

/** A category seen less often says nothing by itself. */
const FEWEST_OF_CATEGORY = 3;

/** Columns of a fact: a number (with "is unknown" beside it), or one per category (with "unknown" among them). */
export type Column = { fact: string } & (
  | { kind: 'number'; at: number; mean: number; deviation: number; unknownShare: number }
  | { kind: 'category'; places: Readonly<Record<string, { at: number; share: number }>> }
);
export type Encoding = { columns: readonly Column[]; width: number };

/** Not what any category is called, and something that every store can keep. */
export const UNKNOWN = '\u2400unknown';

export function encodingOf(known: readonly Facts[], names: readonly string[]): Encoding {
  let width = 0;
  const columns = names.map((fact): Column => {
    const values = known.map((facts) => facts[fact] ?? null);
    const numbers = values.filter((value) => typeof value === 'number');
    if (numbers.length > 0 && values.every((value) => typeof value !== 'string')) {
      const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
      const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length;
      width += 2;
      const unknownShare = 1 - numbers.length / values.length;
      const deviation = Math.sqrt(variance) || 1;
      return { fact, kind: 'number', at: width - 2, mean, deviation, unknownShare };
    }
    const counts = new Map<string, number>();
    for (const value of values) {
      const key = value === null ? UNKNOWN : String(value);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const kept = [...counts].filter(([, count]) => count >= FEWEST_OF_CATEGORY);
    const from = width;
    width += kept.length;
    const placed = kept.map(
      ([key, count], index) => [key, { at: from + index, share: count / values.length }] as const,
    );
    return { fact, kind: 'category', places: Object.fromEntries(placed) };
  });
  return { columns, width };
}

export const encode = (encoding: Encoding, facts: Facts): SparseRow =>
  encoding.columns.flatMap((column) => encodeColumn(column, facts[column.fact] ?? null));

export function encodeColumn(column: Column, value: string | number | null): SparseRow {
  if (column.kind === 'number')
    return typeof value === 'number'
      ? [[column.at, (value - column.mean) / column.deviation]]
      : [[column.at + 1, 1]];
  const key = value === null ? UNKNOWN : String(value);
  const place = Object.hasOwn(column.places, key) ? column.places[key] : undefined;
  return place === undefined ? [] : [[place.at, 1]];
}
