import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { mkdirSync, writeFileSync } from 'node:fs';

import { freePorts } from './ports.ts';
import { canConnect, withConnection } from './postgres-connection.ts';
import { reasonOf, SetupError } from './setup-error.ts';
import type { Component } from './supervisor.ts';
import type { TemporalBinaries } from './temporal-binary.ts';

export type TemporalOptions = {
  folder: string;
  /** The server's Postgres, and the role that owns both of its databases. */
  database: { host: string; port: string; user: string; password: string };
  binaries: TemporalBinaries;
  logFile: string;
  frontendPort: number;
};

export type TemporalServer = {
  component: Component;
  /** Base of the HTTP form of the same API. */
  httpUrl: string;
};

const SCHEMAS = [
  { database: 'temporal', schema: 'postgresql/v12/temporal' },
  { database: 'temporal_visibility', schema: 'postgresql/v12/visibility' },
];

/** Brings both databases to the schema of this server version; does nothing where they are there already. */
export async function prepareTemporalSchema(
  options: Omit<TemporalOptions, 'frontendPort' | 'logFile'>,
): Promise<void> {
  await Promise.all(SCHEMAS.map(({ database, schema }) => prepareOne(options, database, schema)));
}

async function prepareOne(
  options: Pick<TemporalOptions, 'database' | 'binaries'>,
  database: string,
  schema: string,
): Promise<void> {
  // Sets up version 0.0 where there is none, and changes nothing otherwise.
  await sqlTool(options, database, ['setup-schema', '-v', '0.0']);
  await sqlTool(options, database, ['update-schema', '-s', schema]);
}

async function sqlTool(
  options: Pick<TemporalOptions, 'database' | 'binaries'>,
  database: string,
  args: string[],
): Promise<void> {
  const { host, port, user, password } = options.database;
  const environment = {
    PATH: '/usr/bin:/bin',
    SQL_PLUGIN: 'postgres12_pgx',
    SQL_HOST: host,
    SQL_PORT: port,
    SQL_USER: user,
    SQL_PASSWORD: password,
    SQL_DATABASE: database,
  };
  try {
    await promisify(execFile)(options.binaries.sqlTool, args, { env: environment });
  } catch (cause) {
    throw new SetupError(
      'component_failed',
      `Temporal's schema in "${database}" could not be set up: ${reasonOf(cause)}`,
      {
        cause,
      },
    );
  }
}

/** The whole Temporal server as one process on loopback, all of its settings in the environment. */
export async function temporalServer(options: TemporalOptions): Promise<TemporalServer> {
  mkdirSync(options.folder, { recursive: true });
  const dynamicConfig = join(options.folder, 'dynamic-config.yaml');
  writeFileSync(dynamicConfig, '{}\n');
  const [http = 0, ...inner] = await freePorts(8);
  const httpUrl = `http://127.0.0.1:${http}`;
  const component: Component = {
    name: 'temporal',
    readyTimeoutMs: 60_000,
    // Without its database it would only end again at once, each time a little later.
    prepare: () => forgetEarlierMembers(options.database),
    command: {
      command: options.binaries.server,
      args: ['--allow-no-auth', 'start'],
      cwd: options.folder,
      environment: serverEnvironment(options, http, inner, dynamicConfig),
      logFile: options.logFile,
      niceness: 5,
      stop: [{ signal: 'SIGTERM', timeoutMs: 8_000 }],
    },
    async untilReady(_child, signal) {
      while (!signal.aborted && !(await answers(httpUrl))) await sleep(50);
    },
  };
  return { component, httpUrl };
}

const DATABASE_TIMEOUT_MS = 30_000;

/**
 * The server's services find each other through a table of those seen lately. This one is always the only
 * server, so all that is in there before it starts is a dead one, and it would look for those for up to a
 * minute ("Not enough hosts") before it hands out work.
 */
async function forgetEarlierMembers({
  host,
  port,
  user,
  password,
}: TemporalOptions['database']): Promise<void> {
  const url = `postgres://${user}:${password}@${host}:${port}/temporal`;
  const deadline = Date.now() + DATABASE_TIMEOUT_MS;
  while (!(await canConnect(url)) && Date.now() < deadline) await sleep(100);
  await withConnection(url, (client) => client.query('DELETE FROM cluster_membership'));
}

/** True once every part serves: names, histories, and the queues that hand out work. */
async function answers(httpUrl: string): Promise<boolean> {
  const asked = ['task-queues/readiness', 'workflows/readiness'].map(async (what) => {
    const reply = await fetch(`${httpUrl}/api/v1/namespaces/temporal-system/${what}`, {
      signal: AbortSignal.timeout(2_000),
    });
    await reply.body?.cancel();
    return reply.ok || reply.status === 404; // there is no such workflow, and the part that knows has said so
  });
  return Promise.all(asked).then(
    (answered) => answered.every(Boolean),
    () => false,
  );
}

function serverEnvironment(
  options: TemporalOptions,
  httpPort: number,
  inner: number[],
  dynamicConfig: string,
): Record<string, string> {
  const { host, port, user, password } = options.database;
  const names = [
    'FRONTEND_MEMBERSHIP_PORT',
    'MATCHING_MEMBERSHIP_PORT',
    'HISTORY_MEMBERSHIP_PORT',
    'WORKER_MEMBERSHIP_PORT',
    'MATCHING_GRPC_PORT',
    'HISTORY_GRPC_PORT',
    'WORKER_GRPC_PORT',
  ];
  return {
    PATH: '/usr/bin:/bin',
    LOG_LEVEL: 'warn',
    DB: 'postgres12_pgx',
    POSTGRES_SEEDS: host,
    DB_PORT: port,
    POSTGRES_USER: user,
    POSTGRES_PWD: password,
    DBNAME: 'temporal',
    VISIBILITY_DBNAME: 'temporal_visibility',
    // Four services share the server's connections; a hundred is all that the embedded Postgres has.
    SQL_MAX_CONNS: '10',
    SQL_MAX_IDLE_CONNS: '10',
    SQL_VIS_MAX_CONNS: '3',
    SQL_VIS_MAX_IDLE_CONNS: '3',
    BIND_ON_IP: '127.0.0.1',
    DYNAMIC_CONFIG_FILE_PATH: dynamicConfig,
    FRONTEND_GRPC_PORT: String(options.frontendPort),
    FRONTEND_HTTP_PORT: String(httpPort),
    ...Object.fromEntries(names.map((name, index) => [name, String(inner[index])])),
  };
}
