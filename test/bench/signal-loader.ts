import { setPriority } from 'node:os';

import { scoringPort } from '@penstock/scoring/rescore';
import { recordSignals } from '@penstock/signals/record-signals';
import { openStore } from '@penstock/store/store';

// A process of its own: signals as a source would bring them, in batches, at a steady rate, until its parent lets go.

export type SignalJob = {
  appUrl: string;
  dueUrl: string;
  workspaceId: string;
  accountIds: readonly string[];
  perSecond: number;
  batch: number;
};

const KINDS = ['funding', 'hiring', 'intent', 'visit'] as const;

async function run(job: SignalJob): Promise<void> {
  const store = openStore({
    appUrl: job.appUrl,
    dueUrl: job.dueUrl,
    maxConnections: 4,
    applicationName: 'bench signals',
  });
  const start = performance.now();
  let sent = 0;
  let stopped = false;
  process.once('disconnect', () => (stopped = true));
  while (!stopped) {
    const due = ((performance.now() - start) / 1_000) * job.perSecond;
    if (sent + job.batch > due) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      continue;
    }
    const now = new Date();
    const batch = Array.from({ length: job.batch }, (_, at) => ({
      accountId: job.accountIds[((sent + at) * 7_919) % job.accountIds.length] ?? '',
      kind: KINDS[(sent + at) % KINDS.length] ?? ('visit' as const),
      eventKey: `bench ${start} ${sent + at}`,
      strength: 0.05,
      summary: 'Bench',
      facts: {},
      source: 'bench',
      isTest: false,
      occurredAt: now,
      evidence: null,
    }));
    await store.inWorkspace(job.workspaceId, (tx) => recordSignals(tx, batch, now, scoringPort));
    sent += job.batch;
    process.send?.({ sent, perSecond: sent / ((performance.now() - start) / 1_000) });
  }
  await store.close();
}

// Like the worker: what comes in the background gives way to whoever waits.
setPriority(5);
process.once('message', (job) => {
  // Safe: sent by the benchmark alone.
  void run(job as SignalJob).then(() => process.exit(0));
});
