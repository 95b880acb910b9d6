import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import { startInstance } from '@penstock/infra-local/instance';
import type { InstanceOptions } from '@penstock/infra-local/instance-options';

import { referenceDir } from '../walk/reference-dir.ts';
import { limitsLine, limitsUnderFire } from './limits-under-fire.ts';
import { queueIsRight, queueLine, queueUnderFire } from './queue-under-fire.ts';
import { sourcesAreRight, sourcesLine, sourcesUnderFire } from './sources-under-fire.ts';
import { spendIsRight, spendLine, spendUnderFire } from './spend-under-fire.ts';
import { fireLine, walkUnderFire } from './walk-under-fire.ts';

// `npm run chaos -- NAME`; without a name it lists what there is.

const print = (line: string) => void process.stdout.write(`${line}\n`);
const say = (line: string) => print(`  ${line}`);
const SERVICES = ['sandbox', 'gateway', 'worker'] as const;

type Outcome = { line: string; floor: string; goal: string; verdict: 'ok' | 'short' | 'below floor' };
type Chaos = { about: string; run(options: Options): Promise<Outcome> };
type Options = Pick<InstanceOptions, 'dataDir' | 'label' | 'extraEnvironment'>;

const numberOf = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

const RUNS: Record<string, Chaos> = {
  walk: {
    about:
      'forms and filings while gateway, worker, Temporal, Postgres and simulators are killed (kill -9), three rounds',
    async run(options) {
      await using instance = await startInstance({ ...options, services: SERVICES, seed: true });
      const report = await walkUnderFire(instance, 3, say);
      for (const line of report.lost) say(`lost: ${line}`);
      for (const line of report.twice) say(`twice: ${line}`);
      const ok = report.lost.length === 0 && report.twice.length === 0;
      return {
        line: fireLine(report),
        floor: 'lost=0,twice=0',
        goal: 'lost=0,twice=0',
        verdict: ok ? 'ok' : 'below floor',
      };
    },
  },
  limits: {
    about: 'two lists over credentials of 15/s and 500/min, three workers killed one after the other',
    async run(options) {
      await using instance = await startInstance({ ...options, services: SERVICES, workers: 3, seed: true });
      const report = await limitsUnderFire(instance, numberOf('CHAOS_PEOPLE', 2_000), say);
      const kept =
        report.plans.every(({ mostInWindow, limit }) => mostInWindow <= limit) && report.lost === 0;
      const least = Math.min(...report.plans.map(({ share }) => share));
      return {
        line: limitsLine(report),
        floor: 'most_in_window<=limit,share>=0.85,lost=0',
        goal: 'share>=0.90',
        verdict: !kept || least < 0.85 ? 'below floor' : least < 0.9 ? 'short' : 'ok',
      };
    },
  },
  queue: {
    about:
      'reps work one queue through gateways of which two have wrong clocks, while processes are killed and connections cut',
    async run(options) {
      await using instance = await startInstance({ ...options, services: SERVICES, seed: true });
      const plan = {
        reps: 12,
        consoles: 9,
        items: 3_000,
        rounds: numberOf('CHAOS_ROUNDS', 6),
        everyMs: 1_500,
      };
      const report = await queueUnderFire(instance, plan, say);
      const floor = 'lost=0,twice=0,unheard=0';
      return {
        line: queueLine(report),
        floor,
        goal: floor,
        verdict: queueIsRight(report) ? 'ok' : 'below floor',
      };
    },
  },
  spend: {
    about:
      'paid calls while the chunk runner is killed at its fault points, then workers, Postgres and Temporal (kill -9)',
    async run(options) {
      const plan = {
        pointKills: numberOf('CHAOS_POINT_KILLS', 1_000),
        listPeople: numberOf('CHAOS_PEOPLE', 9_000),
        workerKills: numberOf('CHAOS_WORKER_KILLS', 50),
        // A worker needs some seconds to be back: killed oftener, nobody works and nothing is paid for.
        killEveryMs: 8_000,
        calls: numberOf('CHAOS_CALLS', 50_000),
      };
      const report = await spendUnderFire(options, plan, say);
      const floor = `paid_calls>=${plan.calls},ledger=billed,duplicates=0,lost=0,budgets_exceeded=0,unexplained=0`;
      return {
        line: spendLine(report),
        floor,
        goal: floor,
        verdict: spendIsRight(report) && report.calls >= plan.calls ? 'ok' : 'below floor',
      };
    },
  },
  sources: {
    about:
      'sources fail, hang, answer half, answer somebody else, change their format and dates, webhooks are forged, late, cut and sent again, while whoever looks or takes them is killed and has a wrong clock',
    async run(options) {
      await using instance = await startInstance({
        ...options,
        services: ['sandbox', 'gateway'],
        seed: false,
      });
      const plan = { seconds: numberOf('CHAOS_SECONDS', 120), killEveryMs: 2_000 };
      const report = await sourcesUnderFire(instance, plan, say);
      for (const kind of ['wrong', 'lost', 'twice'] as const)
        for (const line of report[kind]) say(`${kind}: ${line}`);
      const floor = 'wrong=0,lost=0,twice=0,forged_accepted=0,outage_seen=sources,still_failing=0';
      return {
        line: sourcesLine(report),
        floor,
        goal: floor,
        verdict: sourcesAreRight(report) ? 'ok' : 'below floor',
      };
    },
  },
};

const name = process.argv[2] ?? '';
const chosen = RUNS[name];
if (!chosen) {
  if (name !== '') print(`There is no chaos run "${name}".`);
  for (const [key, { about }] of Object.entries(RUNS)) print(`  ${key.padEnd(12)} ${about}`);
  process.exitCode = name === '' ? 0 : 2;
} else {
  const { line, floor, goal, verdict } = await chosen.run({
    dataDir: await throwAwayDataDir(`chaos-${name}`),
    label: `chaos ${name}`,
    extraEnvironment: {
      ...referenceDir(),
      PENSTOCK_LOG_LEVEL: 'warn',
      PENSTOCK_FORM_LIMIT_PER_MINUTE: '100000',
    },
  });
  print(`chaos ${name}: ${line} floor=${floor} goal=${goal} ${verdict}`);
  if (verdict === 'below floor') process.exitCode = 1;
}
