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
export type Imported = { id: string; created: number; known: number; duplicate: number; refused: number };

export const IMPORT_CHOICES = [
  { value: '', label: 'Leave out' },
  { value: 'email', label: 'E-mail address' },
  { value: 'given_name', label: 'Given name' },
  { value: 'family_name', label: 'Family name' },
  { value: 'full_name', label: 'Full name' },
  { value: 'company', label: 'Company' },
  { value: 'domain', label: 'Company website' },
  { value: 'country', label: 'Country' },
  { value: 'title', label: 'Title' },
  { value: 'phone', label: 'Phone' },
  { value: 'linkedin_url', label: 'LinkedIn profile' },
];
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

export const TARGET_CHOICES = IMPORT_CHOICES.filter(({ value }) =>
  ['', 'company', 'domain', 'country'].includes(value),
);

/** Most that a file may hold; the gateway has the last word. */
export const MOST_BYTES = 100 * 1024 * 1024;
const HEAD_BYTES = 256 * 1024;

/** A step of reading a file that was answered with a problem. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}

async function send<Answer>(path: string, body: Blob, query: Record<string, string> = {}): Promise<Answer> {
  const address = `/v1/csv/${path}?${new URLSearchParams(query).toString()}`;
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: body.slice(0, body.size, 'text/csv'),
  }).catch(() => {
    throw new ImportError('No answer from the gateway. Nothing was taken; try again.');
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

/** How the file is written and what its columns most likely hold, from its beginning. */
export const inspectFile = (file: File): Promise<Inspected> => send('inspect', file.slice(0, HEAD_BYTES));
/** The same of a file of companies. */
export const inspectTargets = (file: File): Promise<Inspected> =>
  send('targets/inspect', file.slice(0, HEAD_BYTES));

const dialect = ({ encoding, delimiter, header, columns }: Inspected) => ({
  encoding,
  delimiter,
  header: header ? '1' : '0',
  columns: columns.map(({ field }) => field ?? '').join(','),
});

/** Which rows would be taken; nothing is changed. */
export const checkFile = (file: File, read: Inspected): Promise<Checked> =>
  send('check', file, dialect(read));

export const checkTargets = (file: File, read: Inspected): Promise<Checked> =>
  send('targets/check', file, dialect(read));

export type TakenTargets = Pick<Checked, 'header' | 'told'> & {
  id: string;
  known: number;
  proposed: number;
  ambiguous: number;
  duplicate: number;
  refused: number;
};
export const takeTargets = (file: File, read: Inspected, name: string): Promise<TakenTargets> =>
  send('targets/import', file, { ...dialect(read), name });

export const takeFile = (file: File, read: Inspected, name: string): Promise<Imported> =>
  send('import', file, { ...dialect(read), name });

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
