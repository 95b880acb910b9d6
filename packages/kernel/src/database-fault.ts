/** SQLSTATE of a database error, or null. */
export function sqlState(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08003',
  '08001',
  // Prisma's own: can't be reached, no answer in time, closed by the server, no connection or transaction to be had in time.
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
]);

/** True if the database could not be reached or went away: the transaction has to be tried again as a whole. */
export function isConnectionFault(error: unknown): boolean {
  const code = sqlState(error);
  if (code !== null && CONNECTION_CODES.has(code)) return true;
  return (
    error instanceof Error &&
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
      error.message,
    )
  );
}

/** True for deadlock and serialisation failure, which a second attempt cures. */
export function isTransient(error: unknown): boolean {
  const code = sqlState(error);
  return code === '40P01' || code === '40001';
}

/** True for a statement that was not even looked at, because another before it in its transaction had failed. */
export const failedBefore = (error: unknown): boolean => sqlState(error) === '25P02';

/** Name of the unique constraint or index that a write ran into, or null. */
export function violatedUnique(error: unknown): string | null {
  if (sqlState(error) !== '23505') return null;
  if (typeof error !== 'object' || error === null || !('constraint' in error)) return '';
  return typeof error.constraint === 'string' ? error.constraint : '';
}
