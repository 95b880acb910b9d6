import { v5, v7 } from 'uuid';

const ID_BYTES = 16;
/** Random bytes are drawn for many ids at once: a draw each takes longer than the rest of an id. */
const pool = Buffer.alloc(ID_BYTES * 256);
let poolAt = pool.length;
/** Those of the id that is being made: a list makes eight ids for each contact, and arrays of its own for each would be a good part of its garbage. */
const random = Buffer.alloc(ID_BYTES);
const made = Buffer.alloc(ID_BYTES);

function drawRandom(): void {
  if (poolAt === pool.length) {
    crypto.getRandomValues(pool);
    poolAt = 0;
  }
  pool.copy(random, 0, poolAt, poolAt + ID_BYTES);
  poolAt += ID_BYTES;
}

let lastMs = 0;
let sequence = 0;

/**
 * A new UUIDv7 (lower-case text): time-ordered, so that rows made together lie together; ids made one after the other in this process
 * for the same instant keep their order.
 */
export function newId(at: Date): string {
  const msecs = at.getTime();
  sequence = msecs === lastMs ? sequence + 1 : Math.floor(Math.random() * 2 ** 20);
  lastMs = msecs;
  drawRandom();
  v7({ msecs, seq: sequence, random }, made);
  const hex = made.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const NAMESPACE = '6f0a1b6e-6f8d-4f0e-9d43-5e1b7a3c2d10';

/** The same UUID for the same key, for rows whose identity is a business key (seeds, presets). */
export function idFromKey(key: string): string {
  return v5(key, NAMESPACE);
}

/** Lowest UUIDv7 of an instant; month partitions are bounded by it. */
export function lowestIdAt(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`;
}
