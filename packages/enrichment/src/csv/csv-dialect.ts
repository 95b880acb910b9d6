export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** How a file's beginning is written: by its mark, by zero bytes, by whether it is valid UTF-8; else Windows-1252. */
export function encodingOf(head: Uint8Array): Encoding {
  const [a, b, c] = head;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  const zeros = { even: 0, odd: 0 };
  for (let at = 0; at < head.length; at += 1) if (head[at] === 0) zeros[at % 2 === 0 ? 'even' : 'odd'] += 1;
  if (zeros.odd > head.length / 8) return 'utf-16le';
  if (zeros.even > head.length / 8) return 'utf-16be';
  try {
    // A character may be cut at the end of the beginning.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** The delimiter that cuts most of the first lines into the same number of cells, the most of them; quoted text does not count. */
export function delimiterOf(head: string): Delimiter {
  const lines = head
    .replaceAll(/"(?:[^"]|"")*"/g, '""')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 20);
  const scored = DELIMITERS.map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length);
    const cells = commonest(counts.filter((count) => count > 1));
    const same = counts.filter((count) => count === cells).length / Math.max(1, counts.length);
    return { delimiter, score: cells * same };
  });
  return scored.toSorted((a, b) => b.score - a.score)[0]?.delimiter ?? ',';
}

/** The value that comes most often, of several the first; 0 where there is none. */
function commonest(values: readonly number[]): number {
  const times = new Map<number, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  const most = Math.max(0, ...times.values());
  return values.find((value) => times.get(value) === most) ?? 0;
}
