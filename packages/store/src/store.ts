import { invariant } from '@penstock/kernel/invariant';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';

import { failedBefore, isTransient } from '@penstock/kernel/database-fault';
import { arrayLiteral } from './array-literal.ts';
import { binaryArray, binaryLists } from './binary-array.ts';
import type { DueWork } from './due-work.ts';
import { PrismaClient } from './generated/client.ts';
import { openDueWork } from './open-due-work.ts';
import { createPool } from './pool.ts';
import { sharedReads, type ReadTogether } from './shared-reads.ts';
import { sharedTransactions } from './shared-transactions.ts';
import type { Statement } from './statement.ts';
import { ahead, forget, type Parameter, type RecordsTx, type Tx } from './tx.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ATTEMPTS = 3;

export type Store = {
  /** Hot lane: a transaction of named statements inside one workspace. `work` may run again after a deadlock. */
  inWorkspace<Result>(workspaceId: string, work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /**
   * The same for short work that many want at once: what is ready at the same moment shares a transaction and its commit.
   * @param byMs when it has to be done, on the clock of `performance.now()`: where there is too much, the nearest that can still be met goes first
   */
  together<Result>(workspaceId: string, work: (tx: Tx) => Promise<Result>, byMs?: number): Promise<Result>;
  /** The same for work that only reads: it sees the database as of one moment, and its answer does not wait for the end of the transaction. */
  reading<Result>(workspaceId: string, work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** The same for what many read at the same moment: those who wait for it read one snapshot together. `what` says what they read, in full. */
  readonly readingTogether: ReadTogether;
  /** One statement that only reads, sent with the beginning and the end of its transaction at once. */
  readRows<Row>(workspaceId: string, what: Statement<Row>, ...parameters: Parameter[]): Promise<Row[]>;
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

  const inWorkspace: Store['inWorkspace'] = (workspaceId, work) =>
    retrying(() => hotTransaction(pool, workspaceId, work, WRITES));
  const reading: Store['reading'] = (workspaceId, work) =>
    retrying(() => hotTransaction(pool, workspaceId, work, READS));
  return {
    inWorkspace,
    together: sharedTransactions(inWorkspace),
    reading,
    readingTogether: sharedReads(reading),
    readRows: (workspaceId, what, ...parameters) =>
      retrying(() => singleRead(pool, workspaceId, what, parameters)),
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
  const opening = openingOf(workspaceId, mode.begin);
  const client = await pool.connect();
  let ending: Promise<Error | undefined> | undefined;
  /** Statements are sent ahead of the answers to those before: the first that fails says why the others do. */
  const faults: unknown[] = [];
  try {
    const begun = begin(client, opening);
    const behind: Promise<unknown>[] = [];
    const send = <Row>(what: Statement<Row>, parameters: Parameter[]): Promise<Row[]> => {
      // Work that goes on side by side may still want something when another part of it has failed.
      if (ending) throw new Error('This transaction has ended');
      const asked = ask(client, workspaceId, what, parameters);
      void asked.then(forget, (error: unknown) => faults.push(error));
      return asked;
    };
    const result = await work({
      workspaceId,
      rows: async (what, ...parameters) => send(what, parameters),
      byCommit: (what, ...parameters) => sentAlong(behind, send(what, parameters)),
    });
    const committed = client.query('commit').then(({ command }) => {
      // Postgres ends a transaction in which a statement has failed without saying so.
      if (command !== 'COMMIT') throw faults[0];
    });
    ending = faultOf(committed);
    await Promise.all([begun, ...behind, ...(mode.awaitsCommit ? [committed] : [])]);
    return result;
  } catch (error) {
    ending = faultOf(client.query('rollback'));
    throw failedBefore(error) ? (faults[0] ?? error) : error;
  } finally {
    void ending?.then((fault) => client.release(fault));
  }
}

async function singleRead<Row>(
  pool: pg.Pool,
  workspaceId: string,
  what: Statement<Row>,
  parameters: Parameter[],
): Promise<Row[]> {
  const opening = openingOf(workspaceId, READS.begin);
  const client = await pool.connect();
  const begun = begin(client, opening);
  const read = ask(client, workspaceId, what, parameters);
  void faultOf(client.query('commit')).then((fault) => client.release(fault));
  const [rows] = await Promise.all([read, begun]);
  return rows;
}

/** The id is checked here: a multi-statement query takes no parameters. */
function openingOf(workspaceId: string, begin: string): string {
  invariant(UUID.test(workspaceId), 'workspace id is a UUID');
  return `${begin}; select set_config('penstock.workspace_id', '${workspaceId}', true)`;
}

/** Nobody waits for its answer: what follows is sent behind it on the same connection, and fails with it. */
function begin(client: pg.PoolClient, opening: string): Promise<unknown> {
  return ahead(client.query(opening));
}

/** The transaction ends once it is done; whoever wants its rows may wait for them too. */
function sentAlong<Row>(behind: Promise<unknown>[], rows: Promise<Row[]>): { rows: Promise<Row[]> } {
  behind.push(ahead(rows));
  return { rows };
}

/** `$1` is the workspace. */
const FIRST_PARAMETER = 2;
const lists = new WeakMap<Statement<unknown>, ReturnType<typeof binaryLists>>();

/** A value as it is sent: lists of ids, words and moments in Postgres's own form, others as text. */
function bound(what: Statement<unknown>, value: Parameter, number: number): unknown {
  if (!Array.isArray(value)) return value;
  let known = lists.get(what);
  if (!known) {
    known = binaryLists(what.text);
    lists.set(what, known);
  }
  const element = known.get(number);
  return (element && binaryArray(element, value)) ?? arrayLiteral(value);
}

async function ask<Row>(
  client: pg.PoolClient,
  workspaceId: string,
  what: Statement<Row>,
  parameters: Parameter[],
): Promise<Row[]> {
  const reply = await client.query({
    ...(what.plannedAnew ? {} : { name: what.name }),
    text: what.text,
    values: [workspaceId, ...parameters.map((value, at) => bound(what, value, at + FIRST_PARAMETER))],
  });
  // Safe: the statement's declaration states its row type, and a test runs each statement.
  return reply.rows as Row[];
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
      const behind: Promise<unknown>[] = [];
      const result = await work({
        workspaceId,
        db,
        rows: (what, ...parameters) => db.$queryRawUnsafe(what.text, workspaceId, ...parameters),
        byCommit: <Row>(what: Statement<Row>, ...parameters: Parameter[]) =>
          sentAlong(behind, db.$queryRawUnsafe<Row[]>(what.text, workspaceId, ...parameters)),
      });
      await Promise.all(behind);
      return result;
    },
    { maxWait: 5_000, timeout: 15_000 },
  );
}
