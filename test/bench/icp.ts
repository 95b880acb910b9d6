import { setTimeout as sleep } from 'node:timers/promises';

import { MID_MARKET_FINANCE } from '@penstock/scoring/model/icp-templates';

import { median, type Benchmark } from './benchmark.ts';
import { between } from './generate-load.ts';
import { queueInstance, reps, startProgram } from './queue-instance.ts';
import { startSignals } from './queue.ts';
import { call, startPages, watchVersions } from './rescore.ts';

const ACCOUNTS = Number(process.env['BENCH_ACCOUNTS'] ?? 1_000_000);
const OPEN_ITEMS = Math.min(50_000, ACCOUNTS / 2);
const SIGNALS_PER_SECOND = Number(process.env['BENCH_SIGNALS_PER_SECOND'] ?? 100);
const WORKERS = Number(process.env['BENCH_WORKERS'] ?? 2);
const WARM_MS = 10_000;
const QUIET_MS = 20_000;
/** What the switch leaves to be done behind it counts too. */
const AFTERWARDS_MS = 5_000;
const LOOK_MS = 1_000;
const COMPARISONS = 5;
const P99_RATIO = 2;

/** A profile published over many accounts while pages are read and signals arrive; and how long a comparison takes before. */
export const icp: Benchmark = {
  name: 'icp',
  about: `a profile compared, then published over ${ACCOUNTS.toLocaleString('en')} accounts by ${WORKERS} workers while pages are read and signals arrive`,
  async run(say) {
    await using instance = await queueInstance({ accounts: ACCOUNTS, openItems: OPEN_ITEMS, say });
    const [cookie = ''] = await reps(instance, 1, 'admin');
    const cookies = await reps(instance, 20);
    const compared: number[] = [];
    for (let round = 0; round < COMPARISONS; round += 1) {
      const start = performance.now();
      await call(instance, cookie, 'settings.compareIcp', { body: MID_MARKET_FINANCE }, 'GET');
      compared.push(performance.now() - start);
    }
    say(
      `compareIcp over ${OPEN_ITEMS.toLocaleString('en')} items: ${compared.map((ms) => `${ms.toFixed(0)} ms`).join(' ')}`,
    );
    const signals = await startSignals(instance, SIGNALS_PER_SECOND);
    const pages = startPages(instance, cookies);
    await sleep(WARM_MS + QUIET_MS);
    const before = Date.now();
    const { versionId } = await call<{ versionId: string }>(instance, cookie, 'settings.saveIcpDraft', {
      body: MID_MARKET_FINANCE,
    });
    const workers = Array.from({ length: WORKERS }, () =>
      startProgram('icp-worker.ts', {
        BENCH_APP_URL: instance.databaseUrls.app,
        BENCH_DUE_URL: instance.databaseUrls.due,
      }),
    );
    const watched = watchVersions(instance);
    const from = Date.now();
    await call(instance, cookie, 'settings.publishIcp', { versionId, note: 'bench' });
    for (;;) {
      await sleep(LOOK_MS);
      const { build } = await call<{ build: { done: number; secondsLeft: number | null } | null }>(
        instance,
        cookie,
        'settings.icpBuild',
        {},
        'GET',
      );
      if (!build) break;
      say(`${build.done.toLocaleString('en')} judged, ${build.secondsLeft ?? '?'} s left`);
    }
    const until = Date.now();
    await sleep(AFTERWARDS_MS + QUIET_MS);
    const { mixed, seen } = await watched.stop();
    const rate = signals.rate();
    signals.stop();
    for (const worker of workers) worker.disconnect();
    const { latencies } = await pages.stop();
    const quiet = between(latencies, before - QUIET_MS, before);
    const read = between(latencies, from, until + AFTERWARDS_MS);
    const after = between(latencies, until + AFTERWARDS_MS, Infinity);
    say(`pages before: p50 ${quiet.p50Ms.toFixed(1)} ms p99 ${quiet.p99Ms.toFixed(1)} ms`);
    say(
      `pages meanwhile: p50 ${read.p50Ms.toFixed(1)} ms p99 ${read.p99Ms.toFixed(1)} ms, slowest ${read.maxMs.toFixed(0)} ms`,
    );
    const { failed } = read;
    const ratio = read.p99Ms / quiet.p99Ms;
    return {
      figures: {
        'compare-p50': `${median(compared).toFixed(0)} ms`,
        publish: `${((until - from) / 1_000).toFixed(1)} s`,
        'p99-before': `${quiet.p99Ms.toFixed(1)} ms`,
        'p99-meanwhile/before': ratio.toFixed(2),
        'p99-after': `${after.p99Ms.toFixed(1)} ms`,
        failed: String(failed),
        mixed: `${mixed} of ${seen}`,
        'signals-meanwhile': `${rate.toFixed(0)}/s`,
      },
      floor: `p99<=${P99_RATIO}x,mixed=0,failed=0`,
      goal: `p99<=${P99_RATIO}x,mixed=0,failed=0`,
      verdict: mixed === 0 && failed === 0 && ratio <= P99_RATIO ? 'ok' : 'below floor',
    };
  },
};
