import { statement, type Statement } from '@penstock/store/statement';

// Locks of a workspace by what they guard, held until the transaction ends. They do not touch rows: readers wait for none of them.

const key = (guarded: string) => `hashtextextended($1::uuid::text || ':${guarded}', 0)`;

/** Waits until nobody else holds it. */
export const holdAlone = (name: string, guarded: string): Statement<Record<string, never>> =>
  statement(name, `select pg_advisory_xact_lock(${key(guarded)})`);
/** Waits until nobody holds it alone. */
export const holdInCommon = (name: string, guarded: string): Statement<Record<string, never>> =>
  statement(name, `select pg_advisory_xact_lock_shared(${key(guarded)})`);
/** Waits for nobody: says whether it was free. */
export const tryAlone = (name: string, guarded: string): Statement<{ won: boolean }> =>
  statement<{ won: boolean }>(name, `select pg_try_advisory_xact_lock(${key(guarded)}) as won`);
/** Waits for nobody: says whether nobody holds it alone. */
export const tryInCommon = (name: string, guarded: string): Statement<{ won: boolean }> =>
  statement<{ won: boolean }>(name, `select pg_try_advisory_xact_lock_shared(${key(guarded)}) as won`);
