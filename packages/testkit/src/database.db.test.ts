import { withConnection } from '@penstock/infra-local/postgres-connection';
import { describe, expect, it } from 'vitest';

import { describePostgres15, testDatabase, type PostgresMajor } from './database.ts';

function behaves(major: PostgresMajor) {
  it('gives a migrated database whose application role passes no policy by', async () => {
    await using database = await testDatabase({ major });
    const { rows } = await withConnection(database.urls.app, (client) =>
      client.query<{ name: string; super: boolean; bypass: boolean; major: string }>(
        `SELECT current_user AS name, rolsuper AS super, rolbypassrls AS bypass, current_setting('server_version_num') AS major
           FROM pg_roles WHERE rolname = current_user`,
      ),
    );
    expect(rows).toEqual([
      {
        name: 'penstock_app',
        super: false,
        bypass: false,
        major: expect.stringMatching(new RegExp(`^${major}`)),
      },
    ]);
    const migrations = await withConnection(database.urls.migrator, (client) =>
      client.query('SELECT migration_name FROM _prisma_migrations'),
    );
    expect(migrations.rowCount).toBeGreaterThan(0);
  });

  it('keeps databases apart and drops them with connections open', async () => {
    const first = await testDatabase({ major, empty: true });
    const second = await testDatabase({ major, empty: true });
    await withConnection(first.urls.migrator, async (client) => {
      await client.query('CREATE TABLE only_here (id integer)');
      await first.drop();
    });
    const seen = await withConnection(second.urls.migrator, (client) =>
      client.query(`SELECT to_regclass('only_here') AS found`),
    );
    expect(seen.rows).toEqual([{ found: null }]);
    await second.drop();
  });
}

describe('testDatabase', () => behaves(18));
describePostgres15('testDatabase on Postgres 15', () => behaves(15));
