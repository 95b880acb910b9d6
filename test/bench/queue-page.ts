import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import { startInstance } from '@penstock/infra-local/instance';
import { signalScore, priorityOf } from '@penstock/scoring/model/intent';
import { DEFAULT_INTENT_MODEL } from '@penstock/scoring/model/presets';
import { seedAccounts } from '@penstock/store/seed-accounts';
import { idFromKey } from '@penstock/kernel/ids';

import { adminUrl } from '../walk/admin-url.ts';
import { signInCookie } from '../walk/console-client.ts';
import { median, type Benchmark } from './benchmark.ts';
import { generateLoad, heading, row } from './generate-load.ts';
import { sayDatabaseSettings } from './intake.ts';

const ACCOUNTS = 1_000_000;
const RATE_PER_SECOND = 50;
const SECONDS = 10;
const ROUNDS = 3;
const FLOOR_P99_MS = 100;
const GOAL_P99_MS = 20;

/** The first page of the queue through the gateway, over a million seeded accounts. */
export const queuePage: Benchmark = {
  name: 'queue-page',
  about:
    'the first page of the queue (50 items) through the gateway over 1,000,000 seeded accounts, 50 pages/s',
  async run(say) {
    await using instance = await startInstance({
      dataDir: await throwAwayDataDir('bench-queue'),
      label: 'bench queue-page',
      services: ['sandbox', 'gateway'],
      temporal: false,
      seed: true,
      extraEnvironment: { PENSTOCK_LOG_LEVEL: 'warn' },
    });
    await sayDatabaseSettings(adminUrl(instance), say);
    const seeded = await seedAccounts({
      url: adminUrl(instance),
      workspaceId: idFromKey('penstock:sandbox'),
      count: ACCOUNTS,
      now: new Date(),
      queueShare: 0.05,
      score: (masses, fit, at) => {
        const signal = signalScore(DEFAULT_INTENT_MODEL, masses, at);
        return { signal, priority: priorityOf(DEFAULT_INTENT_MODEL, signal, fit) };
      },
    });
    say(
      `seeded ${seeded.accounts.toLocaleString('en')} accounts, ${seeded.queueItems.toLocaleString('en')} queue items in ${(seeded.durationMs / 1_000).toFixed(1)} s`,
    );
    const admin = instance.seeded?.signIns.find((one) => one.role === 'admin');
    if (!admin) throw new Error('the sandbox was not seeded');
    const cookie = await signInCookie(instance.publicUrl, admin);
    const input = encodeURIComponent(JSON.stringify({ limit: 50 }));
    const job = {
      url: `${instance.publicUrl}/trpc/queue.list?input=${input}`,
      method: 'GET' as const,
      headers: { cookie },
      body: null,
      perSecond: RATE_PER_SECOND,
      seconds: SECONDS,
      connections: 32,
    };
    await generateLoad({ ...job, seconds: 3 });
    say(heading);
    const reports = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const report = await generateLoad(job);
      say(row('queue page', report));
      reports.push(report);
    }
    const p99 = median(reports.map((report) => report.p99Ms));
    const failed = reports.reduce((sum, report) => sum + report.failed, 0);
    return {
      figures: {
        seed: `${(seeded.durationMs / 1_000).toFixed(1)} s`,
        p50: `${median(reports.map((report) => report.p50Ms)).toFixed(2)} ms`,
        p99: `${p99.toFixed(2)} ms`,
        failed: String(failed),
      },
      floor: `p99<=${FLOOR_P99_MS}ms`,
      goal: `p99<=${GOAL_P99_MS}ms`,
      verdict: failed > 0 || p99 > FLOOR_P99_MS ? 'below floor' : p99 > GOAL_P99_MS ? 'short' : 'ok',
    };
  },
};
