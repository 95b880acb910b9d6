import type { Parameter } from './tx.ts';

/**
 * A list as Postgres reads it. The driver's own writer escapes every element and writes moments in local time, which is a good part of what a
 * statement over hundreds of rows costs this process.
 */
export function arrayLiteral(values: readonly Parameter[]): string {
  return joined(values) ?? eachWritten(values);
}

/** Most lists are plain all through: ids, words, numbers. They are looked at once, not element by element. Null for any other. */
function joined(values: readonly Parameter[]): string | null {
  const kind = typeof values[0];
  if (kind !== 'string' && kind !== 'number' && kind !== 'boolean') return null;
  if (!values.every((value) => typeof value === kind)) return null;
  const text = values.join(',');
  return kind === 'string' && !isPlain(text, values.length) ? null : `{${text}}`;
}

/** Looked for one by one: an expression for a whole list would have to remember every place where it could have gone another way. */
const NOT_PLAIN = /[^\w@.:/+,-]/;
const EMPTY = /^,|,,|,$/;
const NULL_WORD = /(?:^|,)null(?:,|$)/i;

const isPlain = (text: string, elements: number): boolean =>
  text !== '' &&
  !NOT_PLAIN.test(text) &&
  commasIn(text) === elements - 1 &&
  !EMPTY.test(text) &&
  !NULL_WORD.test(text);

function commasIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf(','); at >= 0; at = text.indexOf(',', at + 1)) count += 1;
  return count;
}

function eachWritten(values: readonly Parameter[]): string {
  let text = '{';
  for (const [at, value] of values.entries()) text += at === 0 ? elementOf(value) : `,${elementOf(value)}`;
  return `${text}}`;
}

/** Anything else might read as a number of brackets, a comma, a blank at an end, or the word for nothing. */
const PLAIN = /^[\w@.:/+-]+$/;

function elementOf(value: Parameter): string {
  if (typeof value === 'string') return PLAIN.test(value) && !isNull(value) ? value : quoted(value);
  if (value === null) return 'NULL';
  if (value instanceof Date) return `"${value.toISOString()}"`;
  if (Buffer.isBuffer(value)) return `"\\\\x${value.toString('hex')}"`;
  return typeof value === 'object' ? arrayLiteral(value) : String(value);
}

const isNull = (text: string): boolean => text.length === 4 && text.toUpperCase() === 'NULL';
const quoted = (text: string): string =>
  text.includes('"') || text.includes('\\') ? `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"` : `"${text}"`;
