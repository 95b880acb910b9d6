import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import { startInstance } from '@penstock/infra-local/instance';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import { idFromKey } from '@penstock/kernel/ids';
import { signalScore } from '@penstock/scoring/model/intent';
import { DEFAULT_INTENT_MODEL } from '@penstock/scoring/model/presets';
import { NO_STANDING, priorityOf } from '@penstock/scoring/model/priority';
import { scoringPort } from '@penstock/scoring/rescore';
import { recordSignals, type NewSignal } from '@penstock/signals/record-signals';
import { seedAccounts } from '@penstock/store/seed-accounts';
import { openStore, type Store } from '@penstock/store/store';

import { adminUrl } from '../walk/admin-url.ts';
import { bareCopy } from './bare-copy.ts';
import { median, type Benchmark } from './benchmark.ts';
import { sayDatabaseSettings } from './intake.ts';

// `npm run bench -- signals --minutes 10`; half a minute and a million accounts unless told otherwise.
const ACCOUNTS = Number(process.env['BENCH_ACCOUNTS'] ?? 1_000_000);
const MINUTES = Number(process.argv[process.argv.indexOf('--minutes') + 1] ?? Number.NaN) || 0.5;
const BATCH = Number(process.env['BENCH_BATCH'] ?? 1_000);
const LANES = Number(process.env['BENCH_LANES'] ?? 1);
const WARM_BATCHES = 6;
const COPY_ROWS = 50_000;
const FLOOR = 2_000;
const GOAL = 5_000;
const WORKSPACE = idFromKey('penstock:sandbox');

/** From accepted batch to score and queue: everything that a signal writes, beside a bare COPY of the same rows. */
export const signals: Benchmark = {
  name: 'signals',
  about: `signals recorded, scored and queued in batches of ${BATCH} over ${ACCOUNTS.toLocaleString('en')} accounts drawn by Zipf, beside a bare COPY (--minutes 10 for the long run)`,
  async run(say) {
    await using instance = await startInstance({
      dataDir: await throwAwayDataDir('bench-signals'),
      label: 'bench signals',
      services: ['sandbox', 'gateway'],
      temporal: false,
      seed: true,
      extraEnvironment: { PENSTOCK_LOG_LEVEL: 'warn' },
    });
    const url = adminUrl(instance);
    await sayDatabaseSettings(url, say);
    const seeded = await seedAccounts({
      url,
      workspaceId: WORKSPACE,
      count: ACCOUNTS,
      now: new Date(),
      queueShare: 0.05,
      score: (masses, fit, at) => {
        const signal = signalScore(DEFAULT_INTENT_MODEL, masses, at);
        return {
          signal,
          priority: priorityOf(DEFAULT_INTENT_MODEL, { masses, fit, standing: NO_STANDING }, at),
        };
      },
    });
    say(`seeded ${ACCOUNTS.toLocaleString('en')} accounts in ${(seeded.durationMs / 1_000).toFixed(1)} s`);
    const accountIds = await withConnection(url, async (admin) =>
      (
        await admin.query<{ id: string }>(
          `select id from account where workspace_id = $1 and origin = 'import'`,
          [WORKSPACE],
        )
      ).rows.map((row) => row.id),
    );
    const store = openStore({
      appUrl: instance.databaseUrls.app,
      dueUrl: instance.databaseUrls.due,
      maxConnections: LANES + 1,
      applicationName: 'bench signals',
    });
    try {
      return await measured({ store, accountIds, url, say });
    } finally {
      await store.close();
    }
  },
};

type Ground = { store: Store; accountIds: readonly string[]; url: string; say: (line: string) => void };

async function measured({ store, accountIds, url, say }: Ground) {
  const copyBefore = await bareCopy(url, rowsFor(accountIds, COPY_ROWS));
  say(`bare COPY of ${COPY_ROWS.toLocaleString('en')} rows: ${copyBefore.toFixed(0)} rows/s`);
  for (let at = 0; at < WARM_BATCHES; at += 1) await oneBatch(store, accountIds);
  const memory: number[] = [];
  const heldBefore = heldBytes();
  const start = performance.now();
  const until = start + MINUTES * 60_000;
  let recorded = 0;
  const perWindow: number[] = [];
  const checkpoints = [1 / 3, 2 / 3].map((share) => start + share * MINUTES * 60_000);
  const lane = async (): Promise<void> => {
    while (performance.now() < until) recorded += await oneBatch(store, accountIds);
  };
  const lanes = Promise.all(Array.from({ length: LANES }, lane));
  let last = 0;
  const watch = setInterval(() => {
    perWindow.push(recorded - last);
    last = recorded;
    memory.push(process.memoryUsage().rss);
    if (checkpoints[0] !== undefined && performance.now() > checkpoints[0]) {
      checkpoints.shift();
      void withConnection(url, (admin) => admin.query('checkpoint'));
    }
  }, 1_000);
  await lanes;
  clearInterval(watch);
  const seconds = (performance.now() - start) / 1_000;
  const heldAfter = heldBytes();
  const rate = recorded / seconds;
  const copyAfter = await bareCopy(url, rowsFor(accountIds, COPY_ROWS));
  const copy = median([copyBefore, copyAfter]);
  say(
    `${recorded.toLocaleString('en')} signals in ${seconds.toFixed(1)} s; the slowest second ${Math.min(...perWindow)}, the fastest ${Math.max(...perWindow)}`,
  );
  return {
    figures: {
      rate: `${rate.toFixed(0)}/s`,
      'of-copy': (rate / copy).toFixed(3),
      copy: `${copy.toFixed(0)}/s`,
      minutes: String(MINUTES),
      'memory-MB': `${inMegabytes(memory[0] ?? 0)}-${inMegabytes(memory.at(-1) ?? 0)}`,
      // Collected first: what is really kept, whatever the collector leaves lying.
      'held-MB': `${inMegabytes(heldBefore)}-${inMegabytes(heldAfter)}`,
    },
    floor: `rate>=${FLOOR}/s`,
    goal: `rate>=${GOAL}/s`,
    verdict: rate >= GOAL ? ('ok' as const) : rate >= FLOOR ? ('short' as const) : ('below floor' as const),
  };
}

const inMegabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);

/** What this process still holds after everything that nobody needs has been collected. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  // Safe: the flag of the line above puts it there.
  const collect = runInNewContext('gc') as () => void;
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function oneBatch(store: Store, accountIds: readonly string[]): Promise<number> {
  const batch = rowsFor(accountIds, BATCH);
  const now = new Date();
  const recorded = await store.inWorkspace(WORKSPACE, (tx) => recordSignals(tx, batch, now, scoringPort));
  return recorded.length;
}

const KINDS = ['visit', 'intent', 'hiring', 'funding', 'expansion', 'executive_hire'] as const;
let made = 0;

/** Zipf with exponent 1: few accounts get much, most get little. */
function rowsFor(accountIds: readonly string[], count: number): NewSignal[] {
  const now = new Date();
  return Array.from({ length: count }, () => {
    made += 1;
    const rank = Math.floor(Math.exp(Math.random() * Math.log(accountIds.length + 1))) - 1;
    return {
      accountId: accountIds[rank] ?? accountIds[0] ?? '',
      kind: KINDS[made % KINDS.length] ?? 'visit',
      eventKey: `bench/${process.pid}/${made}`,
      strength: 0.3,
      summary: `An event that a source told, number ${made}`,
      facts: { number: made, page: '/pricing' },
      source: 'bench',
      isTest: false,
      occurredAt: now,
      evidence: {
        url: `https://source.example/events/${made}`,
        quote: 'What the source said, word for word, about as long as such things are.',
        quoteStart: 120,
        contentHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        fetchedAt: now,
      },
    };
  });
}
