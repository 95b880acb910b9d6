import { randomBytes } from 'node:crypto';

import type { DatabaseUrls } from '@penstock/infra-local/database-roles';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import { invariant } from '@penstock/kernel/invariant';
import { describe } from 'vitest';

import { publishedServers, testServers } from './test-environment.ts';

export type TestDatabase = AsyncDisposable & {
  readonly name: string;
  /** `admin` is the superuser, on this database; the rest are the product's own roles. */
  readonly urls: DatabaseUrls;
  /** Ends its connections and deletes it. */
  drop(): Promise<void>;
};

export type PostgresMajor = 18 | 15;

/** Migrated once when the servers start; nobody ever connects to it afterwards. */
const TEMPLATE = 'penstock';

/**
 * A fresh, migrated, empty database of one's own (a copy of a template: some 100 ms).
 * `empty` gives one without any table, for tests of the migrations; `template` a copy of a prepared one.
 */
export async function testDatabase(
  options: { major?: PostgresMajor; empty?: boolean; template?: string } = {},
): Promise<TestDatabase> {
  const server = testServers().databases[options.major ?? 18];
  invariant(server, `a Postgres ${options.major} runs (use describePostgres15, which skips without one)`);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = options.empty ? 'template0' : (options.template ?? TEMPLATE);
  await withConnection(server.admin, (admin) => copyDatabase(admin, template, name));
  const drop = () =>
    withConnection(server.admin, async (admin) => {
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    });
  return { name, urls: onDatabase(server, name), drop, [Symbol.asyncDispose]: drop };
}

/**
 * Prepares a database once per server, to be copied from then on (`testDatabase({ template: name })`): whoever asks
 * first prepares it, the others wait. `prepare` has to close all its connections; what it returns (JSON) is given to everybody.
 */
export async function preparedTemplate<T>(
  name: string,
  prepare: (urls: DatabaseUrls) => Promise<T>,
): Promise<T> {
  const server = testServers().databases[18];
  invariant(server, 'a Postgres 18 runs');
  return withConnection(server.admin, async (admin) => {
    await admin.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
    const { rows } = await admin.query<{ made: string | null }>(
      `SELECT shobj_description(oid, 'pg_database') AS made FROM pg_database WHERE datname = $1`,
      [name],
    );
    const made = rows[0]?.made;
    if (made) return JSON.parse(made) as T;
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await copyDatabase(admin, TEMPLATE, name);
    const result = await prepare(onDatabase(server, name));
    await admin.query(`COMMENT ON DATABASE ${name} IS ${admin.escapeLiteral(JSON.stringify(result))}`);
    return result;
  });
}

type Client = Parameters<Parameters<typeof withConnection>[1]>[0];

async function copyDatabase(admin: Client, template: string, name: string): Promise<void> {
  await admin.query(
    `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY OWNER penstock_migrator`,
  );
}

/** A suite on the oldest supported Postgres; skipped, with the reason in its name, where none is installed. */
export function describePostgres15(name: string, suite: () => void): void {
  if (publishedServers()?.databases['15']) describe(name, suite);
  else describe.skip(`${name} (no Postgres 15 found: set PG15_BIN to its bin folder)`, suite);
}

function onDatabase(server: DatabaseUrls, name: string): DatabaseUrls {
  const moved = (url: string) => {
    const address = new URL(url);
    address.pathname = `/${name}`;
    return address.href;
  };
  return {
    admin: moved(server.admin),
    migrator: moved(server.migrator),
    app: moved(server.app),
    auth: moved(server.auth),
    due: moved(server.due),
  };
}
