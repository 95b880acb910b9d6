import { join } from 'node:path';

import { postgresFolder } from './data-folder.ts';
import { OLDEST_MAJOR } from './database-roles.ts';
import {
  embeddedBinaries,
  installedBinaries,
  postgresUser,
  type PostgresBinaries,
} from './postgres-binaries.ts';
import { withConnection } from './postgres-connection.ts';
import { postgresComponent, superuserUrl } from './postgres.ts';
import { reasonOf, SetupError } from './setup-error.ts';
import { supervise, type Watchers } from './supervisor.ts';

/** Starts the embedded Postgres of a data folder; returns the address of its superuser. */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  logDir: string;
  port: number;
  password: string;
  /** An installed version instead of the embedded one. */
  major?: number | undefined;
  settings?: Record<string, string> | undefined;
  watchers?: Watchers;
  note?: (text: string) => void;
}): Promise<string> {
  const user = postgresUser();
  const folder = postgresFolder(options.dataDir, user);
  if (!folder.startsWith(options.dataDir)) {
    options.note?.(`the user "postgres" can't reach this checkout, so the database files are in ${folder}`);
  }
  const component = await postgresComponent({
    folder,
    port: options.port,
    password: options.password,
    binaries: options.major === undefined ? embeddedBinaries(user) : installed(options.major),
    user,
    logFile: join(options.logDir, 'postgres.log'),
    settings: options.settings,
  });
  await supervise(component, options.watchers).start();
  return superuserUrl(options.port, options.password);
}

function installed(major: number): PostgresBinaries {
  const binaries = installedBinaries(major);
  if (binaries) return binaries;
  throw new SetupError(
    'postgres_unavailable',
    `There is no Postgres ${major} here. Set PG${major}_BIN to its bin folder.`,
  );
}

/**
 * Checks that the server of `DATABASE_URL` answers.
 * @throws SetupError `postgres_unavailable` with the reason and what to correct.
 */
export async function assertGivenPostgres(databaseUrl: string): Promise<void> {
  try {
    await withConnection(databaseUrl, (client) => client.query('SELECT 1'));
  } catch (cause) {
    throw new SetupError(
      'postgres_unavailable',
      `The Postgres of DATABASE_URL can't be used: ${reasonOf(cause)}. ` +
        `Correct the address (Postgres ${OLDEST_MAJOR} or newer, a role that may create roles and databases), ` +
        'or unset DATABASE_URL to use the embedded one.',
      { cause },
    );
  }
}
