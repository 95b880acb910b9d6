import { invariant } from '@penstock/kernel/invariant';
import pg from 'pg';

import { gatheringSocket } from './gathering-socket.ts';

const INT8 = 20;
const DATE = 1082;
const INT8_ARRAY = 1016;
const TEXT_ARRAY = 1009;
const FLOAT8_ARRAY = 1022;
const UUID_ARRAY = 2951;
const TIMESTAMPTZ = 1184;
const TIMESTAMPTZ_ARRAY = 1185;

/** `bigint` columns hold money and counts below 2^53; anything larger is a bug that must not be rounded away. */
function safeInteger(text: string): number {
  const value = Number(text);
  invariant(Number.isSafeInteger(value), `bigint ${text} is a safe integer`);
  return value;
}

/** A list of numbers, as Postgres writes it; scores hold many, and the driver's own reader of arrays goes letter by letter. */
function floats(text: string): (number | null)[] {
  if (text === '{}') return [];
  return text
    .slice(1, -1)
    .split(',')
    .map((item) => (item === 'NULL' ? null : Number(item)));
}

// Safe: a type that Postgres has, though the driver's list of names lacks it.
const readTexts = pg.types.getTypeParser(TEXT_ARRAY as unknown as typeof TIMESTAMPTZ) as (
  text: string,
) => string[];

/** A list of plain words, as kinds and fields are; anything that Postgres had to quote as the driver reads it. */
function texts(text: string): (string | null)[] {
  if (text === '{}') return [];
  if (text.includes('"') || text.startsWith('{{')) return readTexts(text);
  return text
    .slice(1, -1)
    .split(',')
    .map((item) => (item === 'NULL' ? null : item));
}

const readMoment = pg.types.getTypeParser(TIMESTAMPTZ);

/** `2026-11-23 09:00:00.123+00` in one step; anything else (another zone, a year beyond four digits, infinity) as the driver reads it. */
function moment(text: string): Date | number | null {
  const plain = text.length <= 29 && text.endsWith('+00') && text[4] === '-' && text[10] === ' ';
  return plain ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : readMoment(text);
}

function moments(text: string): (Date | number | null)[] {
  if (text === '{}') return [];
  return text
    .slice(1, -1)
    .split(',')
    .map((item) => (item === 'NULL' ? null : moment(item.startsWith('"') ? item.slice(1, -1) : item)));
}

const parserOf = (oid: number, format?: 'text' | 'binary'): unknown => {
  if (oid === INT8) return safeInteger;
  if (oid === DATE) return (text: string) => text;
  if (oid === INT8_ARRAY)
    return (text: string) => text.slice(1, -1).split(',').filter(Boolean).map(safeInteger);
  if (oid === TEXT_ARRAY || oid === UUID_ARRAY) return texts;
  if (oid === FLOAT8_ARRAY) return floats;
  if (oid === TIMESTAMPTZ) return moment;
  if (oid === TIMESTAMPTZ_ARRAY) return moments;
  // Safe: pg's own signature is a set of overloads per format; the value is passed through untouched.
  return pg.types.getTypeParser(oid, format as 'text');
};

export type PoolOptions = {
  url: string;
  max: number;
  searchPath?: string;
  applicationName: string;
  /** True for writes that may be done again after a crash: they don't wait for the disk. */
  mayForget?: true;
  /** Statements are sent without waiting for the answers to those before. */
  pipeline?: true;
};

/** The only place that makes a connection pool. Connections that die are replaced, never fatal. */
export function createPool(options: PoolOptions): pg.Pool {
  const settings = [
    ...(options.searchPath === undefined ? [] : [`-c search_path=${options.searchPath}`]),
    ...(options.mayForget ? ['-c synchronous_commit=off'] : []),
  ];
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    application_name: options.applicationName,
    ...(options.pipeline && { pipeline: true, stream: gatheringSocket }),
    ...(settings.length > 0 && { options: settings.join(' ') }),
    types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
  });
  // A connection that breaks (Postgres restarted) while it is idle, or in use between two statements, is dropped and its
  // transaction fails with the next statement; without these listeners it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
