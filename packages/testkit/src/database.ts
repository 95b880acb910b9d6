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
 * A fresh, migrated, empty database of one's own (a copy of a template: some 50 ms).
 * `empty` gives one without any table, for tests of the migrations.
 */
export async function testDatabase(
  options: { major?: PostgresMajor; empty?: boolean } = {},
): Promise<TestDatabase> {
  const server = testServers().databases[options.major ?? 18];
  invariant(server, `a Postgres ${options.major} runs (use describePostgres15, which skips without one)`);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = options.empty ? 'template0' : TEMPLATE;
  await withConnection(server.admin, (admin) =>
    admin.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY OWNER penstock_migrator`),
  );
  const drop = () =>
    withConnection(server.admin, async (admin) => {
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    });
  return { name, urls: onDatabase(server, name), drop, [Symbol.asyncDispose]: drop };
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
