import pg from 'pg';

import { systemCode } from './setup-error.ts';

/** Runs `work` on a connection of its own; errors of the connection end up in `work`'s queries, not in the process. */
export async function withConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Codes of Postgres that mean "the address or the password is wrong": waiting does not help. */
const WRONG_FOR_GOOD = new Set(['28P01', '28000', '3D000']);

/**
 * True once the server takes a statement; false while it is not there or still starting.
 * @throws what Postgres says if the password or the database is wrong.
 */
export async function canConnect(url: string): Promise<boolean> {
  try {
    await withConnection(url, (client) => client.query('SELECT 1'));
    return true;
  } catch (error) {
    if (WRONG_FOR_GOOD.has(systemCode(error))) throw error;
    return false;
  }
}

/** The same server, another user or database. */
export function withUser(url: string, user: { name: string; password: string }, database: string): string {
  const address = new URL(url);
  address.username = user.name;
  address.password = user.password;
  address.pathname = `/${database}`;
  return address.href;
}
