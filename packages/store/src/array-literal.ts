import type { Parameter } from './tx.ts';

/**
 * A list as Postgres reads it. The driver's own writer escapes every element and writes moments in local time, which is a good part of what a
 * statement over hundreds of rows costs this process.
 */
export function arrayLiteral(values: readonly Parameter[]): string {
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
