import { invariant } from '@penstock/kernel/invariant';

import type { Prisma } from './generated/client.ts';
import type { Statement } from './statement.ts';

/** A value that may be bound to a statement's parameter; arrays go through `unnest`. */
export type Parameter = string | number | boolean | Date | null | Buffer | readonly Parameter[];

/** An open transaction inside one workspace; row-level security holds for everything that runs in it. */
export type Tx = {
  readonly workspaceId: string;
  /** Runs a statement; `$1` is the workspace, `parameters` follow. */
  rows<Row>(what: Statement<Row>, ...parameters: Parameter[]): Promise<Row[]>;
  /**
   * Sends a statement whose answer the transaction itself does not need: it is done by the commit, which leaves with it, and its fault
   * undoes everything, as any other. Its rows may be waited for once the transaction has ended.
   */
  byCommit<Row>(what: Statement<Row>, ...parameters: Parameter[]): { rows: Promise<Row[]> };
};

/**
 * What a promise is followed by whose answer is somebody else's. `catch` alone would pass the answer on to a promise of its own, and rows that
 * were passed on so stay in memory until the next full collection of garbage.
 */
export const forget = (): void => undefined;

/**
 * For a statement that is sent ahead of its turn: somebody will wait for it, later in the same transaction. Until then its fault is nobody's; whatever is
 * sent behind it fails with it.
 */
export function ahead<Answer>(sent: Promise<Answer>): Promise<Answer> {
  void sent.then(forget, forget);
  return sent;
}

/** A transaction in the ordinary lane: typed records besides named statements. */
export type RecordsTx = Tx & { readonly db: Prisma.TransactionClient };

/** The single row of a statement that returns exactly one. */
export async function one<Row>(tx: Tx, what: Statement<Row>, ...parameters: Parameter[]): Promise<Row> {
  const rows = await tx.rows(what, ...parameters);
  const [row] = rows;
  invariant(row !== undefined && rows.length === 1, `${what.name} returns one row`);
  return row;
}

/** The first row, or null. */
export async function maybeOne<Row>(
  tx: Tx,
  what: Statement<Row>,
  ...parameters: Parameter[]
): Promise<Row | null> {
  return (await tx.rows(what, ...parameters))[0] ?? null;
}
