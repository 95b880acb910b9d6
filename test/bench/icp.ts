import { MID_MARKET_FINANCE } from '@penstock/scoring/model/icp-templates';

import { median, type Benchmark } from './benchmark.ts';
import { p99Of } from './generate-load.ts';
import { queueInstance, reps, startProgram } from './queue-instance.ts';
import { startSignals } from './queue.ts';
import { call, pagesOf, watchVersions } from './rescore.ts';

const ACCOUNTS = Number(process.env['BENCH_ACCOUNTS'] ?? 1_000_000);
const OPEN_ITEMS = Math.min(50_000, ACCOUNTS / 2);
const SIGNALS_PER_SECOND = Number(process.env['BENCH_SIGNALS_PER_SECOND'] ?? 100);
const WORKERS = Number(process.env['BENCH_WORKERS'] ?? 2);
const QUIET_SECONDS = 10;
const COMPARISONS = 5;
const P99_RATIO = 2;

/** A profile published over many accounts while pages are read and signals arrive; and how long a comparison takes before. */
export const icp: Benchmark = {
  name: 'icp',
  about: `a profile compared, then published over ${ACCOUNTS.toLocaleString('en')} accounts by ${WORKERS} workers while pages are read and signals arrive`,
  async run(say) {
    await using instance = await queueInstance({ accounts: ACCOUNTS, openItems: OPEN_ITEMS, say });
    const [cookie = ''] = await reps(instance, 1, 'admin');
    const page = pagesOf(instance, await reps(instance, 20));
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
    await page(QUIET_SECONDS);
    const quiet = await page(QUIET_SECONDS);
    say(`pages before: p50 ${quiet.p50Ms.toFixed(1)} ms p99 ${quiet.p99Ms.toFixed(1)} ms`);
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
    const start = performance.now();
    await call(instance, cookie, 'settings.publishIcp', { versionId, note: 'bench' });
    const reads = [];
    for (;;) {
      reads.push(await page(2));
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
    const seconds = (performance.now() - start) / 1_000;
    const after = await page(QUIET_SECONDS);
    const { mixed, seen } = await watched.stop();
    const rate = signals.rate();
    signals.stop();
    for (const worker of workers) worker.disconnect();
    const p99 = p99Of(reads);
    say(`slowest page meanwhile: ${Math.max(...reads.map(({ maxMs }) => maxMs)).toFixed(0)} ms`);
    const failed = reads.reduce((sum, read) => sum + read.failed, 0);
    const ratio = p99 / quiet.p99Ms;
    return {
      figures: {
        'compare-p50': `${median(compared).toFixed(0)} ms`,
        publish: `${seconds.toFixed(1)} s`,
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
