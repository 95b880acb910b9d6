export type ImportColumn = { name: string; field: string | null; samples: string[] };
export type Inspected = { encoding: string; delimiter: string; header: boolean; columns: ImportColumn[] };
export type Checked = {
  rows: number;
  good: number;
  known: number;
  duplicates: number;
  refused: number;
  header: string[] | null;
  told: { line: number; outcome: 'refused' | 'duplicate'; reason: string; cells: string[] }[];
};
export const ENCODINGS = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'utf-16le', label: 'UTF-16 LE' },
  { value: 'utf-16be', label: 'UTF-16 BE' },
  { value: 'windows-1252', label: 'Windows-1252' },
];
export const DELIMITERS = [
  { value: ',', label: 'Comma' },
  { value: ';', label: 'Semicolon' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Vertical bar' },
];

/** Most that a file may hold; the gateway has the last word. */
export const MOST_BYTES = 100 * 1024 * 1024;
const HEAD_BYTES = 256 * 1024;

/** A step of reading a file that was answered with a problem. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}

async function send<Answer>(
  path: string,
  body: Blob,
  query: Record<string, string> = {},
  signal: AbortSignal | null = null,
): Promise<Answer> {
  const address = `/v1/csv/${path}?${new URLSearchParams(query).toString()}`;
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: body.slice(0, body.size, 'text/csv'),
    signal,
  }).catch(() => {
    throw new ImportError(signal?.aborted ? 'Stopped.' : 'No answer from the gateway.');
  });
  const told: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw new ImportError(problemOf(told));
  // Safe: the gateway's answer to this path.
  return told as Answer;
}

function problemOf(told: unknown): string {
  if (typeof told === 'object' && told !== null) {
    const { detail, message } = told as { detail?: unknown; message?: unknown };
    if (typeof detail === 'string') return detail;
    if (typeof message === 'string') return message;
  }
  return 'The file could not be read.';
}

/** How the file is written, unless that is said, and what its columns most likely hold, from its beginning. */
export const inspectFile = (
  path: string,
  file: File,
  said: Partial<Pick<Inspected, 'encoding' | 'delimiter' | 'header'>> = {},
): Promise<Inspected> =>
  send(`${path}inspect`, file.slice(0, HEAD_BYTES), {
    ...(said.encoding !== undefined && { encoding: said.encoding }),
    ...(said.delimiter !== undefined && { delimiter: said.delimiter }),
    ...(said.header !== undefined && { header: said.header ? '1' : '0' }),
  });

const dialect = ({ encoding, delimiter, header, columns }: Inspected) => ({
  encoding,
  delimiter,
  header: header ? '1' : '0',
  columns: columns.map(({ field }) => field ?? '').join(','),
});

/** Which rows would be taken; nothing is changed. */
export const checkFile = (path: string, file: File, read: Inspected): Promise<Checked> =>
  send(`${path}check`, file, dialect(read));

/** Takes the rows; sent again under the same id, it goes on behind those that were taken. */
export const takeFile = (
  path: string,
  file: File,
  read: Inspected,
  as: { id: string; name: string },
  signal: AbortSignal,
): Promise<{ id: string }> => send(`${path}import`, file, { ...dialect(read), ...as }, signal);

/** Refused rows as they stood in the file, with their line and why. */
export function refusedFile({ header, told }: Checked): {
  header: string[];
  lines: (string | number)[][];
} {
  const width = Math.max(header?.length ?? 0, ...told.map(({ cells }) => cells.length));
  const names = Array.from({ length: width }, (_, at) => header?.[at] ?? `Column ${at + 1}`);
  return {
    header: ['Line', 'Why it is left out', ...names],
    lines: told.map(({ line, reason, cells }) => [line, reason, ...names.map((_, at) => cells[at] ?? '')]),
  };
}

export const sizeOf = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} kB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
