import { invariant } from '@penstock/kernel/invariant';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';

import { isTransient } from '@penstock/kernel/database-fault';
import { openDueWork, type DueWork } from './due-work.ts';
import { PrismaClient } from './generated/client.ts';
import { createPool } from './pool.ts';
import type { Parameter, RecordsTx, Tx } from './tx.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ATTEMPTS = 3;

export type Store = {
  /** Hot lane: a transaction of named statements inside one workspace. `work` may run again after a deadlock. */
  inWorkspace<Result>(workspaceId: string, work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** The same for work that only reads: it sees the database as of one moment, and its answer does not wait for the end of the transaction. */
  reading<Result>(workspaceId: string, work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** Ordinary lane: the same door with typed records. */
  withRecords<Result>(workspaceId: string, work: (tx: RecordsTx) => Promise<Result>): Promise<Result>;
  /** Sees only ids, due times and workspaces. */
  readonly dueWork: DueWork;
  close(): Promise<void>;
};

/** Opens both lanes and the due door. `maxConnections` bounds the hot lane; the others take a few more. */
export function openStore(options: {
  appUrl: string;
  dueUrl: string;
  maxConnections?: number;
  applicationName: string;
}): Store {
  const { applicationName } = options;
  const pool = createPool({
    url: options.appUrl,
    max: options.maxConnections ?? 12,
    applicationName,
    pipeline: true,
  });
  // It writes positions of events only; those that a crash forgets are given again.
  const duePool = createPool({
    url: options.dueUrl,
    max: 4,
    applicationName: `${applicationName} due`,
    mayForget: true,
  });
  const prisma = new PrismaClient({
    adapter: new PrismaPg({
      connectionString: options.appUrl,
      max: 6,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 30_000,
      application_name: `${applicationName} records`,
    }),
  });

  return {
    inWorkspace: (workspaceId, work) => retrying(() => hotTransaction(pool, workspaceId, work, WRITES)),
    reading: (workspaceId, work) => retrying(() => hotTransaction(pool, workspaceId, work, READS)),
    withRecords: (workspaceId, work) => retrying(() => recordsTransaction(prisma, workspaceId, work)),
    dueWork: openDueWork(duePool),
    async close() {
      await Promise.all([pool.end(), duePool.end(), prisma.$disconnect()]);
    },
  };
}

async function retrying<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tried >= ATTEMPTS || !isTransient(error)) throw error;
    }
  }
}

const WRITES = { begin: 'begin', awaitsCommit: true };
const READS = { begin: 'begin isolation level repeatable read read only', awaitsCommit: false };

async function hotTransaction<Result>(
  pool: pg.Pool,
  workspaceId: string,
  work: (tx: Tx) => Promise<Result>,
  mode: { begin: string; awaitsCommit: boolean },
): Promise<Result> {
  invariant(UUID.test(workspaceId), 'workspace id is a UUID');
  const client = await pool.connect();
  let ending: Promise<Error | undefined> | undefined;
  try {
    // The id is checked above, and a multi-statement query takes no parameters. Nobody waits for its answer: what follows is sent
    // behind it on the same connection, and fails with it.
    const begun = client.query(
      `${mode.begin}; select set_config('penstock.workspace_id', '${workspaceId}', true)`,
    );
    begun.catch(() => undefined);
    const result = await work({
      workspaceId,
      async rows<Row>(what: { name: string; text: string; row?: Row }, ...parameters: Parameter[]) {
        const reply = await client.query({
          name: what.name,
          text: what.text,
          values: [workspaceId, ...parameters],
        });
        // Safe: the statement's declaration states its row type, and a test runs each statement.
        return reply.rows as Row[];
      },
    });
    await begun;
    const committed = client.query('commit');
    ending = faultOf(committed);
    if (mode.awaitsCommit) await committed;
    return result;
  } catch (error) {
    ending = faultOf(client.query('rollback'));
    throw error;
  } finally {
    void ending?.then((fault) => client.release(fault));
  }
}

/** Why a transaction could not be ended; its connection is not used again then. */
const faultOf = (ended: Promise<unknown>): Promise<Error | undefined> =>
  ended.then(
    () => undefined,
    (cause: unknown) => (cause instanceof Error ? cause : new Error('the transaction did not end')),
  );

function recordsTransaction<Result>(
  prisma: PrismaClient,
  workspaceId: string,
  work: (tx: RecordsTx) => Promise<Result>,
): Promise<Result> {
  invariant(UUID.test(workspaceId), 'workspace id is a UUID');
  return prisma.$transaction(
    async (db) => {
      await db.$executeRaw`select set_config('penstock.workspace_id', ${workspaceId}, true)`;
      return work({
        workspaceId,
        db,
        rows: (what, ...parameters) => db.$queryRawUnsafe(what.text, workspaceId, ...parameters),
      });
    },
    { maxWait: 5_000, timeout: 15_000 },
  );
}
