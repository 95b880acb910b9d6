import type { Parameter } from './tx.ts';

/** Types whose lists are sent as Postgres keeps them: as text, each element is read letter by letter there. */
export type BinaryElement = 'uuid' | 'text' | 'timestamptz';

const OIDS: Readonly<Record<BinaryElement, number>> = { uuid: 2950, text: 25, timestamptz: 1184 };
const CASTS = /\$(\d+)::(uuid|text|timestamptz)\[\]/g;

/** By the number of a parameter: the type of its elements, where the statement says that it is a list of one of these. */
export function binaryLists(text: string): ReadonlyMap<number, BinaryElement> {
  return new Map(
    // Safe: the expression names no other types.
    [...text.matchAll(CASTS)].map(([, number, element]) => [Number(number), element as BinaryElement]),
  );
}

const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const UUID_BYTES = 16;
const MOMENT_BYTES = 8;
/** Postgres counts microseconds from 2000-01-01 on. */
const EPOCH_MS = 946_684_800_000;

/** A list of one dimension in Postgres's binary form; null for one that has to go as text: an empty list, or one with something else in it. */
export function binaryArray(element: BinaryElement, values: readonly Parameter[]): Buffer | null {
  if (values.length === 0) return null;
  const bytes = bytesOf(element, values);
  if (bytes === null) return null;
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + values.length * LENGTH_BYTES + bytes);
  let at = buffer.writeInt32BE(1, 0);
  at = buffer.writeInt32BE(values.includes(null) ? 1 : 0, at);
  at = buffer.writeInt32BE(OIDS[element], at);
  at = buffer.writeInt32BE(values.length, at);
  at = buffer.writeInt32BE(1, at);
  for (const value of values) {
    if (value === null) at = buffer.writeInt32BE(-1, at);
    else if (value instanceof Date) at = writeMoment(buffer, value, at);
    else if (element === 'uuid') {
      at = writeUuid(buffer, String(value), at);
      if (at < 0) return null;
    } else at = writeText(buffer, String(value), at);
  }
  return buffer;
}

function bytesOf(element: BinaryElement, values: readonly Parameter[]): number | null {
  let bytes = 0;
  for (const value of values) {
    if (value === null) continue;
    if (element === 'timestamptz') {
      if (!(value instanceof Date) || Number.isNaN(value.getTime())) return null;
      bytes += MOMENT_BYTES;
    } else if (typeof value !== 'string') return null;
    else if (element === 'text') bytes += Buffer.byteLength(value);
    else if (value.length === 36) bytes += UUID_BYTES;
    else return null;
  }
  return bytes;
}

function writeMoment(buffer: Buffer, value: Date, at: number): number {
  const begun = buffer.writeInt32BE(MOMENT_BYTES, at);
  return buffer.writeBigInt64BE(BigInt(value.getTime() - EPOCH_MS) * 1_000n, begun);
}

function writeText(buffer: Buffer, value: string, at: number): number {
  const written = buffer.write(value, at + LENGTH_BYTES);
  buffer.writeInt32BE(written, at);
  return at + LENGTH_BYTES + written;
}

const NO_DIGIT = 255;
/** By character code: the hexadecimal digit that it stands for. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? NO_DIGIT : digit;
});
const DASH = 45;
/** Where the two digits of each byte begin: `018f2b6e-7a3c-7000-8000-0123456789ab`. */
const BYTE_STARTS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const DASHES = [8, 13, 18, 23];

/** @returns where the next element begins; −1 if it is no UUID */
function writeUuid(buffer: Buffer, value: string, at: number): number {
  for (const dash of DASHES) if (value.charCodeAt(dash) !== DASH) return -1;
  let to = buffer.writeInt32BE(UUID_BYTES, at);
  for (const start of BYTE_STARTS) {
    const high = DIGITS[value.charCodeAt(start)] ?? NO_DIGIT;
    const low = DIGITS[value.charCodeAt(start + 1)] ?? NO_DIGIT;
    if (high === NO_DIGIT || low === NO_DIGIT) return -1;
    buffer[to] = high * 16 + low;
    to += 1;
  }
  return to;
}
