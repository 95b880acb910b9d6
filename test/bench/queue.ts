import type { Instance } from '@penstock/infra-local/instance-options';

import { median, type Benchmark } from './benchmark.ts';
import { generateLoad, heading, row } from './generate-load.ts';
import type { LoadJob, LoadReport } from './load-generator.ts';
import { column, queueInstance, reps, startBare, startProgram, WORKSPACE } from './queue-instance.ts';
import type { SignalJob } from './signal-loader.ts';

// Sizes of the issue; smaller ones for tuning: `BENCH_ACCOUNTS=100000 BENCH_SECONDS=5 npm run bench -- queue`.
const ACCOUNTS = Number(process.env['BENCH_ACCOUNTS'] ?? 1_000_000);
const FEWER_ACCOUNTS = ACCOUNTS / 10;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 10);
const OPEN_ITEMS = 50_000;
const REPS = 200;
const PAGES_PER_SECOND = 100;
const SIGNALS_PER_SECOND = 500;
const ROUNDS = 3;
const WARM_SECONDS = 6;
const FLOOR = { p99Ms: 20, toBare: 3, toFewer: 1.3 };
const GOAL = { p99Ms: 10, toBare: 2 };

type Kind = 'first page' | 'filtered page' | 'after a claim' | 'bare handler';
const KINDS: readonly Kind[] = ['first page', 'bare handler', 'filtered page', 'after a claim'];

/** Pages of the queue through the gateway while signals arrive, beside a bare handler, and over a tenth of the accounts. */
export const queue: Benchmark = {
  name: 'queue',
  about: `pages of the queue over ${ACCOUNTS.toLocaleString('en')} accounts while ${SIGNALS_PER_SECOND} signals/s arrive, beside a bare handler`,
  async run(say) {
    const fewer = await measured(FEWER_ACCOUNTS, ['first page'], say);
    const all = await measured(ACCOUNTS, KINDS, say);
    const p50 = (kind: Kind, reports = all) => median((reports[kind] ?? []).map((report) => report.p50Ms));
    const p99 = (kind: Kind) => median((all[kind] ?? []).map((report) => report.p99Ms));
    const ours = KINDS.filter((kind) => kind !== 'bare handler');
    const toBare = p50('first page') / p50('bare handler');
    const toFewer = p50('first page') / p50('first page', fewer);
    const failed = Object.values(all)
      .flat()
      .reduce((sum, report) => sum + report.failed, 0);
    const worst = Math.max(...ours.map(p99));
    const holds = (limit: { p99Ms: number; toBare: number }) =>
      failed === 0 && worst <= limit.p99Ms && toBare <= limit.toBare && toFewer <= FLOOR.toFewer;
    return {
      figures: {
        ...Object.fromEntries(
          ours.map((kind) => [
            kind.replaceAll(' ', '-'),
            `p50 ${p50(kind).toFixed(1)} ms p99 ${p99(kind).toFixed(1)} ms`,
          ]),
        ),
        'p50/bare': toBare.toFixed(2),
        'p99-of-bare': `${p99('bare handler').toFixed(1)} ms`,
        'p50/tenth': toFewer.toFixed(2),
        failed: String(failed),
      },
      floor: `p99<=${FLOOR.p99Ms}ms,p50/bare<=${FLOOR.toBare},p50/tenth<=${FLOOR.toFewer}`,
      goal: `p99<=${GOAL.p99Ms}ms,p50/bare<=${GOAL.toBare}`,
      verdict: holds(GOAL) ? 'ok' : holds(FLOOR) ? 'short' : 'below floor',
    };
  },
};

async function measured(
  accounts: number,
  kinds: readonly Kind[],
  say: (line: string) => void,
): Promise<Partial<Record<Kind, LoadReport[]>>> {
  await using instance = await queueInstance({ accounts, openItems: OPEN_ITEMS, say });
  const cookies = await reps(instance, REPS);
  const bare = await startBare(instance, 'bare-queue.ts');
  const signals = await startSignals(instance, SIGNALS_PER_SECOND);
  const jobs = await jobsOf(instance, bare.url, cookies);
  for (const kind of kinds) await generateLoad({ ...jobs[kind], seconds: WARM_SECONDS });
  say(heading);
  const reports: Partial<Record<Kind, LoadReport[]>> = {};
  for (let round = 0; round < ROUNDS; round += 1) {
    // The order is reversed each round: what comes second finds a warmer or busier machine.
    for (const kind of round % 2 === 0 ? kinds : kinds.toReversed()) {
      const report = await generateLoad(jobs[kind]);
      (reports[kind] ??= []).push(report);
      say(row(kind, report));
    }
  }
  say(`signals meanwhile: ${signals.rate().toFixed(0)}/s`);
  signals.stop();
  bare.stop();
  return reports;
}

async function jobsOf(
  instance: Instance,
  bareUrl: string,
  cookies: readonly string[],
): Promise<Record<Kind, LoadJob>> {
  const page = (input: object) =>
    `${instance.publicUrl}/trpc/queue.list?input=${encodeURIComponent(JSON.stringify({ limit: 50, ...input }))}`;
  const job = (url: string): LoadJob => ({
    url,
    method: 'GET',
    headers: {},
    body: null,
    cookies,
    perSecond: PAGES_PER_SECOND,
    seconds: SECONDS,
    connections: 32,
  });
  const ids = await column(
    instance,
    `select id from queue_item where state = 'open' and owner_id is null order by bound_0 desc limit 2000`,
  );
  return {
    'first page': job(page({})),
    'filtered page': job(page({ filter: 'unclaimed', search: 'amber' })),
    'after a claim': {
      ...job(page({})),
      before: { url: `${instance.publicUrl}/trpc/queue.claim`, body: '{"id":"{id}"}', ids, every: 4 },
    },
    'bare handler': job(`${bareUrl}/page`),
  };
}

/** Signals at the accounts of open items, at a steady rate, until stopped. */
export async function startSignals(
  instance: Instance,
  perSecond: number,
): Promise<{ rate: () => number; stop: () => void }> {
  const child = startProgram('signal-loader.ts', {});
  let rate = 0;
  child.on('message', (message) => {
    // Safe: the loader sends nothing but its progress.
    rate = (message as { perSecond: number }).perSecond;
  });
  const job: SignalJob = {
    appUrl: instance.databaseUrls.app,
    dueUrl: instance.databaseUrls.due,
    workspaceId: WORKSPACE,
    accountIds: await column(instance, `select account_id as id from queue_item where state = 'open'`),
    perSecond,
    batch: 25,
  };
  child.send(job);
  return { rate: () => rate, stop: () => child.disconnect() };
}
