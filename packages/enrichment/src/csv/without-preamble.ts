import type { CsvLine } from './read-csv.ts';

const LOOKED_AT = 10;
const FEWEST_COLUMNS = 3;

const filled = ({ cells }: CsvLine): number => cells.filter((cell) => cell.trim() !== '').length;

/**
 * The lines of a table, without the notes that some exports put above it (LinkedIn's contacts, reports): leading lines with one cell or none,
 * where one of the first ten has at least three. Lines keep their numbers.
 */
export async function* withoutPreamble(lines: AsyncIterable<CsvLine>): AsyncGenerator<CsvLine> {
  const held: CsvLine[] = [];
  let released = false;
  for await (const line of lines) {
    if (released) {
      yield line;
      continue;
    }
    held.push(line);
    if (held.length < LOOKED_AT) continue;
    released = true;
    yield* table(held);
  }
  if (!released) yield* table(held);
}

function table(first: readonly CsvLine[]): readonly CsvLine[] {
  if (!first.some((line) => filled(line) >= FEWEST_COLUMNS)) return first;
  return first.slice(first.findIndex((line) => filled(line) > 1));
}
