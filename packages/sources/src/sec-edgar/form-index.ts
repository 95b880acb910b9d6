import { SourceError } from '@penstock/signals/source-port';

export type IndexRow = { form: string; company: string; cik: string; filedOn: string; file: string };

/** A day's index is about 600 kB; a quarter's, ten times that, is not read by this adapter. Characters. */
const MAX_INDEX_CHARACTERS = 30_000_000;

const HEADER = /^Form Type\s+Company Name\s+CIK\s+Date Filed\s+File Name\s*$/;
const RULE = /^-{20,}\s*$/;
/** The right-hand columns never hold spaces, so they are found from the end: a long name pushes them to the right. */
const ROW = /^(.+?)\s+(\d{1,10})\s+(\d{8}|\d{4}-\d{2}-\d{2})\s+(edgar\/data\/\S+)\s*$/;

/**
 * Reads a form index (`form.YYYYMMDD.idx`): a preamble, a header line, a rule, then one filing a line in columns.
 * Throws `SourceError`: `empty` for an index without filings, `malformed` for anything that is not an index, for a line
 * that can't be read and for a file that was cut off (EDGAR ends every line, the last one too).
 */
export function readFormIndex(source: string, text: string): IndexRow[] {
  if (text.length > MAX_INDEX_CHARACTERS)
    throw new SourceError(source, 'too_large', `${text.length} characters of index`);
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const headerAt = lines.findIndex((line) => HEADER.test(line));
  const rule = lines[headerAt + 1] ?? '';
  if (headerAt === -1 || !RULE.test(rule)) throw new SourceError(source, 'malformed', 'no form index');
  const nameAt = (lines[headerAt] ?? '').indexOf('Company Name');
  const rows: IndexRow[] = [];
  for (let at = headerAt + 2; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const row = readRow(line, nameAt);
    if (row === null) throw new SourceError(source, 'malformed', `line ${at + 1} of the index can't be read`);
    rows.push(row);
  }
  if (rows.length === 0) throw new SourceError(source, 'empty', 'index without filings');
  if (!/[\r\n]\s*$/.test(text))
    throw new SourceError(source, 'malformed', 'index is cut off: its last line has no end');
  return rows;
}

function readRow(line: string, nameAt: number): IndexRow | null {
  const match = ROW.exec(line);
  if (match === null) return null;
  const [, left = '', cik = '', filed = '', file = ''] = match;
  // Form types longer than their column push the name: then two spaces, or one after a known column, divide them.
  const atColumn = left[nameAt - 1] === ' ' ? nameAt : left.search(/\s{2,}/);
  const form = left.slice(0, atColumn === -1 ? nameAt : atColumn).trim();
  const company = left.slice(form.length).trim();
  if (form === '' || company === '') return null;
  const day = filed.replaceAll('-', '');
  return { form, company, cik, filedOn: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`, file };
}
