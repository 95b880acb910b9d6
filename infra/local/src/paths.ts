import { join, resolve } from 'node:path';

/** Root of the checkout. */
export const REPOSITORY = resolve(import.meta.dirname, '../../..');

/** Everything that this checkout puts on disk besides its sources; git-ignored. */
export const STATE_DIR = join(REPOSITORY, '.penstock');

/** Data of `npm start`. */
export const START_DATA_DIR = join(STATE_DIR, 'data');

/** Binaries that are the same for every instance. */
export const CACHE_DIR = join(STATE_DIR, 'cache');
