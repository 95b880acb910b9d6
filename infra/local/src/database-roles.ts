import type pg from 'pg';

import { withConnection, withUser } from './postgres-connection.ts';
import type { Secrets } from './secrets.ts';
import { SetupError } from './setup-error.ts';

export type DatabaseUrls = {
  /** May create roles and databases; services never get it. */
  admin: string;
  /** Owns the tables; applies migrations. */
  migrator: string;
  /** Sees one workspace at a time. */
  app: string;
  /** Sees the schema of sign-in only. */
  auth: string;
  /** Sees ids, due times and workspaces only. */
  due: string;
};

export const OLDEST_MAJOR = 15;

/** The five addresses of `database` on the server of `adminUrl`. */
export function databaseUrls(adminUrl: string, secrets: Secrets, database = 'penstock'): DatabaseUrls {
  const of = (name: string, password: string) => withUser(adminUrl, { name, password }, database);
  return {
    admin: adminUrl,
    migrator: of('penstock_migrator', secrets.migratorPassword),
    app: of('penstock_app', secrets.appPassword),
    auth: of('penstock_auth', secrets.authPassword),
    due: of('penstock_due', secrets.duePassword),
  };
}

/**
 * Makes the roles and the three databases where they are missing, and sets the passwords.
 * @throws SetupError `postgres_unsupported` if the server is older than 15.
 */
export async function ensureRolesAndDatabases(adminUrl: string, secrets: Secrets): Promise<void> {
  await withConnection(adminUrl, async (client) => {
    await assertSupported(client);
    for (const [role, password] of Object.entries(rolePasswords(secrets)))
      await ensureRole(client, role, password);
    await ensureDatabase(client, 'penstock', 'penstock_migrator');
    await ensureDatabase(client, 'temporal', 'temporal');
    await ensureDatabase(client, 'temporal_visibility', 'temporal');
  });
}

function rolePasswords(secrets: Secrets): Record<string, string> {
  return {
    penstock_migrator: secrets.migratorPassword,
    penstock_app: secrets.appPassword,
    penstock_auth: secrets.authPassword,
    penstock_due: secrets.duePassword,
    temporal: secrets.temporalPassword,
  };
}

async function assertSupported(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string }>(
    `SELECT current_setting('server_version_num') AS version`,
  );
  const major = Math.floor(Number(rows[0]?.version ?? 0) / 10_000);
  if (major >= OLDEST_MAJOR) return;
  throw new SetupError(
    'postgres_unsupported',
    `The Postgres of DATABASE_URL is version ${major}; Penstock needs ${OLDEST_MAJOR} or newer. ` +
      'Give the address of a newer one, or unset DATABASE_URL to use the embedded one.',
  );
}

async function ensureRole(client: pg.Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  // Attributes are stated when a role is made only: changing them takes rights that a managed server may keep back.
  const statement = rowCount === 0 ? 'CREATE ROLE' : 'ALTER ROLE';
  const attributes = rowCount === 0 ? 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS' : '';
  await client.query(
    `${statement} ${client.escapeIdentifier(role)} ${attributes} PASSWORD ${client.escapeLiteral(password)}`,
  );
}

async function ensureDatabase(client: pg.Client, name: string, owner: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (rowCount !== 0) return;
  const ownerName = client.escapeIdentifier(owner);
  const { rows } = await client.query<{ super: boolean }>(
    'SELECT rolsuper AS super FROM pg_roles WHERE rolname = current_user',
  );
  // Who is not a superuser may give a database only to a role that it is a member of.
  if (rows[0]?.super !== true) await client.query(`GRANT ${ownerName} TO CURRENT_USER`);
  await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} OWNER ${ownerName}`);
}
