import { DomainError } from '@penstock/kernel/domain-error';
import { beforeEach, expect, test } from 'vitest';

import { sharedReads, type ReadTogether } from './shared-reads.ts';
import type { Tx } from './tx.ts';

let snapshots: number;
/** Resolved by the test: until then no snapshot is given. */
let gate: PromiseWithResolvers<void>;
let together: ReadTogether;

beforeEach(() => {
  snapshots = 0;
  gate = Promise.withResolvers();
  together = sharedReads(async (workspaceId, work) => {
    await gate.promise;
    snapshots += 1;
    const nothing = () => Promise.resolve([]);
    const tx: Tx = { workspaceId, rows: nothing, byCommit: () => ({ rows: nothing() }) };
    return work(tx);
  });
});

/** What a reader sees: the number of its snapshot, as the first of those that share it looked. */
const look = (what: string) =>
  together('w', what, (_tx, common) =>
    Promise.resolve({ of: common.once('of', () => snapshots), shared: common.isShared }),
  );

test('one alone reads alone, and those who come meanwhile read the next together', async () => {
  gate.resolve();
  const held = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const first = together('w', 'page', async (_tx, common) => {
    begun.resolve();
    await held.promise;
    return common.isShared;
  });
  await begun.promise;
  const rest = [look('page'), look('page'), look('page')];
  const other = await look('another page');
  held.resolve();
  expect(await first).toBe(false);
  expect(other).toEqual({ of: 2, shared: false });
  expect(await Promise.all(rest)).toEqual(Array(3).fill({ of: 3, shared: true }));
  expect(await look('page')).toEqual({ of: 4, shared: false });
});

test('whoever comes before the snapshot is begun is taken along', async () => {
  const both = [look('page'), look('page')];
  gate.resolve();
  expect(await Promise.all(both)).toEqual(Array(2).fill({ of: 1, shared: true }));
});

test('what one of them may not do is refused to that one, and a fault of one makes each read alone', async () => {
  const refused = new DomainError('not_found', 'no such queue');
  const answers = [look('page'), together('w', 'page', () => Promise.reject(refused)), look('page')];
  gate.resolve();
  const settled = await Promise.allSettled(answers);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(snapshots).toBe(1);

  gate = Promise.withResolvers();
  let tried = 0;
  const faulty = together('w', 'page', () => {
    tried += 1;
    return Promise.reject(new Error('division by zero'));
  });
  const sound = look('page');
  gate.resolve();
  await expect(faulty).rejects.toThrow('division by zero');
  expect((await sound).of).toBeGreaterThan(1);
  expect(tried).toBe(2);
});
