import { setTimeout as sleep } from 'node:timers/promises';

import { DEFAULT_WATERFALL } from '@penstock/enrichment/model/presets';
import type { AppRouter } from '@penstock/gateway/trpc/app-router';
import type { Instance } from '@penstock/infra-local/instance-options';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import type { Arrivals } from '@penstock/sandbox/control/arrival-book';
import type { TRPCClient } from '@trpc/client';

import { adminUrl } from '../walk/admin-url.ts';
import { signInToConsole } from '../walk/console-client.ts';
import { until } from '../walk/waiting.ts';

/** Two plans, one of a short window and one of a long one. */
export const LIMITED = [
  { provider: 'leadmagic', capability: 'email-finder', requests: 15, windowSeconds: 1 },
  { provider: 'zerobounce', capability: 'validate', requests: 500, windowSeconds: 60 },
] as const;

const WORKERS = ['worker', 'worker-2', 'worker-3'] as const;
const KILL_EVERY_MS = 30_000;
const LONGEST_MS = 15 * 60_000;

export type LimitsReport = {
  kills: number;
  plans: { provider: string; arrived: number; mostInWindow: number; limit: number; share: number }[];
  /** People of the lists whose record did not come to its end. */
  lost: number;
  /** Calls of unknown fate: under way as their worker was killed. */
  unknown: number;
};

/** So many people that both lists take equally long. */
const FIRST_LIST_SHARE = 1.8;

/**
 * Two lists at once, one for each plan, over three workers of which one after the other is killed. What arrives is counted by the
 * simulators, not by those who keep the limits.
 * @param people of the list that the slower plan serves
 */
export async function limitsUnderFire(
  instance: Instance,
  people: number,
  say: (line: string) => void,
): Promise<LimitsReport> {
  const admin = instance.seeded?.signIns.find((one) => one.role === 'admin');
  if (!admin) throw new Error('the sandbox was not seeded');
  const console_ = await signInToConsole(instance.publicUrl, admin);
  for (const { provider, requests, windowSeconds } of LIMITED)
    await console_.settings.saveCredential.mutate({
      provider,
      label: 'Sandbox',
      secret: `sandbox_plan_${provider}`,
      limits: [{ requests, windowSeconds }],
    });
  const lists = [
    await insertPeople(instance, Math.round(people * FIRST_LIST_SHARE), false),
    await insertPeople(instance, people, true),
  ];
  const runs: string[] = [];
  for (const [index, ids] of lists.entries()) {
    const { versionId } = await saveVersion(console_, LIMITED[index] ?? LIMITED[0]);
    const people_ = { kind: 'ids' as const, ids };
    const run = { name: `list ${index + 1}`, people: people_, versionId, budgetMicros: null, guard: null };
    runs.push((await console_.enrichment.startListRun.mutate(run)).id);
  }
  let kills = 0;
  const startedMs = performance.now();
  const done = async () => {
    const views = await Promise.all(runs.map((id) => console_.enrichment.getListRun.query({ id })));
    for (const view of views)
      if (view.state !== 'running' && view.state !== 'finished')
        throw new Error(`a list is ${view.state}: ${view.stateReason}`);
    return views.every((view) => view.state === 'finished');
  };
  for (let next = KILL_EVERY_MS; !(await done());) {
    const nowMs = performance.now() - startedMs;
    if (nowMs > LONGEST_MS) throw new Error('the lists did not end');
    if (nowMs > next) {
      const victim = WORKERS[kills % WORKERS.length] ?? 'worker';
      instance.kill(victim);
      kills += 1;
      next = nowMs + KILL_EVERY_MS;
      await until(`${victim} back`, async () => instance.pids()[victim] !== undefined, 60_000);
      const { plans } = await report(instance, kills, 0);
      const arrived = plans.map(({ provider, arrived: count }) => `${provider} ${count}`).join(', ');
      say(`killed ${victim} after ${(nowMs / 1_000).toFixed(0)} s: ${arrived}`);
    }
    await sleep(500);
  }
  for (const line of await ledgerLines(instance)) say(line);
  return report(instance, kills, lists.flat().length);
}

async function report(instance: Instance, kills: number, people: number): Promise<LimitsReport> {
  const plans = await Promise.all(
    LIMITED.map(async ({ provider, requests, windowSeconds }) => {
      const reply = await fetch(`${instance.sandboxUrl}/control/arrivals?windowMs=${windowSeconds * 1_000}`);
      // Safe: the sandbox's own answer.
      const arrivals = (await reply.json()) as Arrivals[];
      const mine = arrivals.find(
        (one) => one.vendor === provider && one.credential === `sandbox_plan_${provider}`,
      );
      if (!mine) throw new Error(`nothing came in at ${provider}`);
      const possible = ((mine.lastMs - mine.firstMs) / (windowSeconds * 1_000)) * requests;
      return {
        provider,
        arrived: mine.count,
        mostInWindow: mine.mostInWindow,
        limit: requests,
        share: mine.count / possible,
      };
    }),
  );
  return withConnection(adminUrl(instance), async (client) => {
    const { rows } = await client.query<{ done: string; unknown: string }>(
      `select (select count(*) from list_run_record where state = 'done') as done, (select count(*) from spend_ledger where state = 'unknown') as unknown`,
    );
    return {
      kills,
      plans,
      lost: people - Number(rows[0]?.done ?? 0),
      unknown: Number(rows[0]?.unknown ?? 0),
    };
  });
}

/** How the calls ended, so that nobody has to believe the line. */
async function ledgerLines(instance: Instance): Promise<string[]> {
  return withConnection(adminUrl(instance), async (client) => {
    const { rows } = await client.query<{ line: string }>(
      `select provider || ': ' || count(*) || ' ' || state || ', ' || outcome as line from spend_ledger group by provider, state, outcome order by 1`,
    );
    return rows.map(({ line }) => line);
  });
}

/** A version that asks one provider only. */
const saveVersion = (console_: TRPCClient<AppRouter>, { provider, capability }: (typeof LIMITED)[number]) =>
  console_.enrichment.saveWaterfallDraft.mutate({
    body: {
      ...DEFAULT_WATERFALL,
      // One record a request: kills and limits are counted by call.
      bulk: false,
      wanted: ['work_email'],
      steps: [{ only: null, when: [], provider, capability }],
    },
    note: provider,
  });

/** People whom no vendor knows; with an address of their own where `byEmail`. */
async function insertPeople(instance: Instance, count: number, byEmail: boolean): Promise<string[]> {
  return withConnection(adminUrl(instance), async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `with w as (select workspace_id from workspace limit 1),
       companies as (insert into account (workspace_id, id, name, domain, state, origin, created_at, updated_at)
         select workspace_id, gen_random_uuid(), 'Limits ' || $2 || n, 'limits-' || $2 || n || '.example', 'active', 'manual', now(), now() from w, generate_series(1, $1::int) n
         returning workspace_id, id, domain, name)
       insert into person (workspace_id, id, account_id, given_name, family_name, email_key, origin, created_at, updated_at)
       select workspace_id, gen_random_uuid(), id, 'Lim', name, case when $3 then 'lim@' || domain end, 'manual', now(), now() from companies returning id`,
      [count, byEmail ? 'm' : 'n', byEmail],
    );
    return rows.map((row) => row.id);
  });
}

export const limitsLine = ({ kills, plans, lost, unknown }: LimitsReport): string =>
  [
    `kills=${kills}`,
    ...plans.map(
      ({ provider, arrived, mostInWindow, limit, share }) =>
        `${provider}=${arrived} most_in_window=${mostInWindow}/${limit} share=${share.toFixed(2)}`,
    ),
    `lost=${lost} unknown=${unknown}`,
  ].join(' ');
