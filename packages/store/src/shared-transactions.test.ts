import { beforeEach, expect, test } from 'vitest';

import { sharedTransactions } from './shared-transactions.ts';
import { statement } from './statement.ts';
import type { Tx } from './tx.ts';

const LAST = statement<{ name: string }>('test_sent_last', 'select 1');

let transactions: string[][];
let fails: (sent: readonly string[]) => Error | null;
/** Resolved by the test: what the first transaction waits for. */
let gate: PromiseWithResolvers<void>;

beforeEach(() => {
  transactions = [];
  fails = () => null;
  gate = Promise.withResolvers();
});

const together = () =>
  sharedTransactions(async (workspaceId, work) => {
    const sent: string[] = [];
    transactions.push(sent);
    const note = async (_: unknown, name: unknown) => {
      sent.push(String(name));
      return [];
    };
    const tx: Tx = {
      workspaceId,
      rows: note,
      byCommit: (what, name) => ({ rows: note(what, `last ${String(name)}`) }),
    };
    const result = await work(tx);
    const fault = fails(sent);
    if (fault) throw fault;
    return result;
  });

const ask = (tx: Tx, name: string) => tx.rows(LAST, name);

test('does one alone at once, and what is ready meanwhile together', async () => {
  const share = together();
  const first = [1, 2].map(() => share('w', () => gate.promise));
  // Both transactions that may be under way are.
  await expect.poll(() => transactions.length).toBeGreaterThan(0);
  const rest = ['a', 'b', 'c'].map((name) =>
    share('w', async (tx) => {
      await ask(tx, name);
      tx.byCommit(LAST, name);
      await ask(tx, `${name} again`);
      return name;
    }),
  );
  gate.resolve();
  expect(await Promise.all(rest)).toEqual(['a', 'b', 'c']);
  await Promise.all(first);
  const shared = transactions.find((sent) => sent.includes('a'));
  expect(shared?.slice(0, 6).toSorted()).toEqual(['a', 'a again', 'b', 'b again', 'c', 'c again']);
  expect(shared?.slice(6)).toEqual(['last a', 'last b', 'last c']);
});

test('does each by itself once one of them fails', async () => {
  const share = together();
  const work = (name: string) =>
    share('w', async (tx) => {
      await ask(tx, name);
      if (name === 'b') throw new Error('not this one');
      return name;
    });
  const done = await Promise.allSettled(['a', 'b', 'c'].map(work));
  expect(done.map((one) => (one.status === 'fulfilled' ? one.value : 'failed'))).toEqual([
    'a',
    'failed',
    'c',
  ]);
});

test('leaves it to each to find out what became of a lost connection', async () => {
  const share = together();
  fails = (sent) => (sent.length > 1 ? new Error('Connection terminated unexpectedly') : null);
  const done = await Promise.allSettled(['a', 'b'].map((name) => share('w', (tx) => ask(tx, name))));
  expect(done.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(transactions).toHaveLength(1);
});

test('never mixes workspaces', async () => {
  const share = together();
  await Promise.all(['v', 'w'].map((workspace) => share(workspace, (tx) => ask(tx, tx.workspaceId))));
  expect(transactions.flat().toSorted()).toEqual(['v', 'w']);
  expect(transactions).toHaveLength(2);
});
