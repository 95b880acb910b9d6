import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { systemClock, type Clock } from '@penstock/kernel/clock';
import pg from 'pg';

const MIGRATIONS = fileURLToPath(new URL('../prisma/migrations/', import.meta.url));

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

type Migration = { name: string; sql: string; checksum: string };

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(MIGRATIONS, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(`${name}/migration.sql`, `file://${MIGRATIONS}`), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

const HISTORY = `create table if not exists _prisma_migrations (
  id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
  logs text, rolled_back_at timestamptz, started_at timestamptz not null, applied_steps_count integer not null default 0)`;

async function applied(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'select migration_name, checksum from _prisma_migrations where finished_at is not null',
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

async function apply(client: pg.Client, migration: Migration, clock: Clock): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query(
      'insert into _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count) values (gen_random_uuid()::text, $1, $3, $2, $3, 1)',
      [migration.checksum, migration.name, clock.now()],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new MigrationError(
      `Migration ${migration.name} failed and was rolled back; nothing of it remains.`,
      {
        cause,
      },
    );
  }
}

/**
 * Applies the SQL migrations that this database lacks, each in a transaction, and makes the partitions of the
 * coming months. Forward only; keeps Prisma's own history table, downloads nothing.
 * @param options.url connection of the migrating role (owner of the database; not the application's role)
 * @throws MigrationError if a migration fails, or if one that was applied has been edited since
 */
export async function migrate(options: {
  url: string;
  clock?: Clock;
  log?: (line: string) => void;
}): Promise<{ applied: string[] }> {
  const clock = options.clock ?? systemClock;
  const client = new pg.Client({ connectionString: options.url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(7316000)');
    await client.query(HISTORY);
    const done = await applied(client);
    const made: string[] = [];
    for (const migration of await readMigrations()) {
      const before = done.get(migration.name);
      if (before === migration.checksum) continue;
      if (before !== undefined) {
        throw new MigrationError(
          `Migration ${migration.name} was edited after it had been applied. Restore the file and write a new migration.`,
        );
      }
      await apply(client, migration, clock);
      options.log?.(migration.name);
      made.push(migration.name);
    }
    const at = clock.now();
    await client.query(`select ensure_partitions($1::timestamptz - interval '1 month', $1)`, [at]);
    return { applied: made };
  } finally {
    await client.end();
  }
}
