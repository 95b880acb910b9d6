import { setTimeout as sleep } from 'node:timers/promises';

import { DEFAULT_WATERFALL } from '@penstock/enrichment/model/presets';
import type { AppRouter } from '@penstock/gateway/trpc/app-router';
import { startInstance } from '@penstock/infra-local/instance';
import type { Instance, InstanceOptions, Seeded } from '@penstock/infra-local/instance-options';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import { providerAdapters } from '@penstock/providers/registry';
import type { TRPCClient } from '@trpc/client';

import { adminUrl } from '../walk/admin-url.ts';
import { signInToConsole } from '../walk/console-client.ts';
import { until } from '../walk/waiting.ts';
import { killAtFaultPoints } from './kill-at-fault-points.ts';
import {
  compareAccounts,
  exceededBudgets,
  reconcileByBook,
  vendorsBook,
  type Accounts,
} from './spend-accounts.ts';

export type SpendPlan = {
  /** People whose runs nobody but the killed processes of fault points begins, ten to a process. */
  pointKills: number;
  /** People of each list that workers run while they are killed. */
  listPeople: number;
  /** kill -9 of a worker; after every tenth of them Postgres and Temporal follow. */
  workerKills: number;
  killEveryMs: number;
  /** List follows list until so many calls have been paid for, kills and all. */
  calls: number;
};
export type SpendReport = Accounts & {
  pointKills: number;
  workerKills: number;
  otherKills: number;
  calls: number;
  reconciled: number;
  exceeded: number;
};

const WORKERS = ['worker', 'worker-2', 'worker-3'] as const;
const STEPS = [
  { provider: 'zerobounce', capability: 'validate' },
  { provider: 'leadmagic', capability: 'email-finder' },
] as const;
/** Calls a second: few of them are under way when their worker dies. */
const PACE = 500;
const PER_POINT_KILL = 10;
const LONGEST_MS = 20 * 60_000;

/**
 * Lists of people whose address costs a credit each, while whoever works on them is killed: first processes of the chunk runner at their
 * fault points, then workers, Postgres and Temporal. Afterwards what is unknown is settled by the vendors' own book, and every account has
 * to agree with it.
 */
export async function spendUnderFire(
  options: Pick<InstanceOptions, 'dataDir' | 'label' | 'extraEnvironment'>,
  plan: SpendPlan,
  say: (line: string) => void,
): Promise<SpendReport> {
  const { seeded, pointKills } = await atFaultPoints(options, plan, say);
  await using instance = await startInstance({
    ...options,
    services: ['sandbox', 'gateway', 'worker'],
    workers: WORKERS.length,
    seed: false,
  });
  const console_ = await signIn(instance, seeded);
  const watch = watchBudgets(instance);
  const killed = await workUnderFire(instance, console_, plan, say);
  const exceeded = await watch.stop();
  const book = await vendorsBook(instance);
  const reconciled = await reconcileByBook(instance, console_, book);
  const microsPerCredit = Object.fromEntries(
    [...STEPS, CHAMPIONS].map(({ provider, capability }) => {
      const known = providerAdapters.get(provider)?.manifest.capabilities.find(({ id }) => id === capability);
      return [provider, known?.price.microsPerCredit ?? 0];
    }),
  );
  const accounts = await compareAccounts(instance, book, microsPerCredit);
  return { ...accounts, ...killed, pointKills, reconciled, exceeded, calls: book.total.charges };
}

async function atFaultPoints(
  options: Parameters<typeof spendUnderFire>[0],
  plan: SpendPlan,
  say: (line: string) => void,
): Promise<{ seeded: Seeded | undefined; pointKills: number }> {
  await using instance = await startInstance({
    ...options,
    services: ['sandbox', 'gateway'],
    seed: true,
    keep: true,
  });
  const console_ = await signIn(instance, instance.seeded);
  await prepare(console_);
  const ids = await insertPeople(instance, plan.pointKills * PER_POINT_KILL, 'p');
  const runId = await begin(console_, 'at fault points', ids, null);
  const workspaceId = await workspaceOf(instance);
  const run = { workspaceId, runId, kills: plan.pointKills };
  const startedMs = performance.now();
  const pointKills = await killAtFaultPoints(instance, run, say);
  say(`${pointKills} killed at fault points in ${Math.round((performance.now() - startedMs) / 1_000)} s`);
  return { seeded: instance.seeded, pointKills };
}

/** List after list until enough was killed, the last with a budget that is too small at first. */
async function workUnderFire(
  instance: Instance,
  console_: TRPCClient<AppRouter>,
  plan: SpendPlan,
  say: (line: string) => void,
): Promise<{ workerKills: number; otherKills: number }> {
  const killed = { workerKills: 0, otherKills: 0 };
  const startedMs = performance.now();
  let nextKillMs = plan.killEveryMs;
  const lastBudget = Math.round(plan.listPeople / 2) * 10_000;
  const isEnough = async () =>
    killed.workerKills >= plan.workerKills && (await vendorsBook(instance)).total.charges >= plan.calls;
  for (let list = 0; !(await isEnough()); list += 1) {
    const ids = await insertPeople(instance, plan.listPeople, `l${list}-`);
    const runId = await until('a list begins', () =>
      begin(console_, `list ${list + 1}`, ids, list === 0 ? lastBudget : null),
    );
    for (let state = 'running'; state !== 'finished'; state = await stateOf(console_, runId)) {
      if (performance.now() - startedMs > LONGEST_MS) throw new Error('the lists did not end');
      if (state === 'paused') {
        say(`list ${list + 1} is out of money, as it should be, and goes on with more`);
        await until('a list goes on', () =>
          console_.enrichment.controlListRun.mutate({
            id: runId,
            action: 'resume',
            budgetMicros: lastBudget * 4,
          }),
        );
      }
      if (performance.now() - startedMs > nextKillMs && killed.workerKills < plan.workerKills) {
        await killNext(instance, killed);
        nextKillMs = performance.now() - startedMs + plan.killEveryMs;
        if (killed.workerKills % 10 === 0)
          say(`killed ${killed.workerKills} workers, ${killed.otherKills} others`);
      }
      await sleep(250);
    }
    const seconds = Math.round((performance.now() - startedMs) / 1_000);
    const { charges } = (await vendorsBook(instance)).total;
    say(
      `list ${list + 1} of ${plan.listPeople} people ended, ${charges} calls were paid for after ${seconds} s`,
    );
  }
  return killed;
}

async function killNext(
  instance: Instance,
  killed: { workerKills: number; otherKills: number },
): Promise<void> {
  const victim = WORKERS[killed.workerKills % WORKERS.length] ?? 'worker';
  instance.kill(victim);
  killed.workerKills += 1;
  await until(`${victim} back`, () => Promise.resolve(instance.pids()[victim] !== undefined));
  if (killed.workerKills % 10 !== 5) return;
  for (const other of ['postgres', 'temporal']) {
    instance.kill(other);
    killed.otherKills += 1;
    await sleep(2_000);
  }
}

/** While Postgres is away nobody knows: then the state is what it was. */
async function stateOf(console_: TRPCClient<AppRouter>, runId: string): Promise<string> {
  const { state } = await until('a look at the list', () =>
    console_.enrichment.getListRun.query({ id: runId }),
  );
  if (state === 'cancelled') throw new Error('the list was cancelled');
  return state;
}

function watchBudgets(instance: Instance): { stop(): Promise<number> } {
  let most = 0;
  let open = true;
  const watching = (async () => {
    while (open) {
      // Postgres may be away.
      most = Math.max(most, await exceededBudgets(instance).catch(() => 0));
      await sleep(300);
    }
  })();
  return {
    async stop() {
      open = false;
      await watching;
      return Math.max(most, await exceededBudgets(instance));
    },
  };
}

async function signIn(instance: Instance, seeded: Seeded | undefined): Promise<TRPCClient<AppRouter>> {
  const admin = seeded?.signIns.find((one) => one.role === 'admin');
  if (!admin) throw new Error('the sandbox was not seeded');
  return signInToConsole(instance.publicUrl, admin);
}

/** Vendors may have been asked about the sandbox's champions before anybody could stop it. */
const CHAMPIONS = { provider: 'people-data-labs', capability: 'person-job' };

async function prepare(console_: TRPCClient<AppRouter>): Promise<void> {
  // The list alone spends while processes are killed.
  for (const { id, source } of (await console_.sources.list.query({})).items)
    if (source === 'champions') await console_.sources.switch.mutate({ id, active: false });
  const body = {
    ...DEFAULT_WATERFALL,
    // One record a request: kills and limits are counted by call.
    bulk: false,
    wanted: ['work_email' as const],
    steps: STEPS.map((step) => ({ ...step, only: null, when: [] })),
  };
  const { versionId } = await console_.enrichment.saveWaterfallDraft.mutate({ body, note: 'spend' });
  await console_.enrichment.publishWaterfall.mutate({ versionId, note: 'spend' });
  await console_.enrichment.setBudget.mutate({
    scope: 'month',
    limitMicros: 1_000_000_000_000,
    reason: 'it ran dry on purpose',
  });
  for (const { provider } of STEPS)
    await console_.settings.saveCredential.mutate({
      provider,
      label: 'Sandbox',
      secret: `sandbox_spend_${provider}`,
      limits: [{ requests: PACE, windowSeconds: 1 }],
    });
}

const begin = async (
  console_: TRPCClient<AppRouter>,
  name: string,
  ids: string[],
  budgetMicros: number | null,
): Promise<string> =>
  (
    await console_.enrichment.startListRun.mutate({
      name,
      people: { kind: 'ids', ids },
      budgetMicros,
      guard: null,
    })
  ).id;

const workspaceOf = (instance: Instance): Promise<string> =>
  withConnection(adminUrl(instance), async (client) => {
    const { rows } = await client.query<{ id: string }>('select workspace_id as id from workspace limit 1');
    return rows[0]?.id ?? '';
  });

/** People of companies that the vendors know, with addresses that nobody has: a verdict costs a credit. */
async function insertPeople(instance: Instance, count: number, tag: string): Promise<string[]> {
  return withConnection(adminUrl(instance), async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `with companies as (select workspace_id, id, domain, row_number() over (order by id) as at, count(*) over () as of from account where domain like '%.example')
       insert into person (workspace_id, id, account_id, given_name, family_name, email_key, origin, created_at, updated_at)
       select workspace_id, gen_random_uuid(), id, 'Spend', $2 || n, 'spend-' || $2 || n || '@' || domain, 'manual', now(), now()
       from generate_series(1, $1::int) n join companies on at = 1 + n % of returning id`,
      [count, tag],
    );
    return rows.map((row) => row.id);
  });
}

export const spendIsRight = (report: SpendReport): boolean =>
  report.lines.every(
    ({ billed, ledger, billedMicros, ledgerMicros }) => billed === ledger && billedMicros === ledgerMicros,
  ) &&
  report.duplicates === 0 &&
  report.lost === 0 &&
  report.exceeded === 0 &&
  report.unexplainedMicros === 0;

export const spendLine = (report: SpendReport): string =>
  [
    `point_kills=${report.pointKills} worker_kills=${report.workerKills} other_kills=${report.otherKills}`,
    `paid_calls=${report.calls}`,
    ...report.lines.map(({ provider, billed, ledger }) => `${provider}=${ledger}/${billed}`),
    `reconciled=${report.reconciled} duplicates=${report.duplicates} lost=${report.lost}`,
    `budgets_exceeded=${report.exceeded} unexplained_micros=${report.unexplainedMicros}`,
  ].join(' ');
