import { fork } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { withConnection } from '@penstock/infra-local/postgres-connection';
import type { Instance } from '@penstock/infra-local/instance-options';
import { idFromKey } from '@penstock/kernel/ids';
import { seedAccounts } from '@penstock/store/seed-accounts';

import { benchReps } from '../bench/bench-reps.ts';
import { modelScore } from '../database/model-score.ts';
import { adminUrl } from '../walk/admin-url.ts';
import { until } from '../walk/waiting.ts';
import { liveClient, type LiveClient } from './live-client.ts';
import { workQueue, type Held, type RepBook } from './queue-rep.ts';

export type QueueFirePlan = {
  reps: number;
  consoles: number;
  items: number;
  rounds: number;
  everyMs: number;
};
export type QueueFireReport = {
  kills: number;
  cuts: number;
  claims: number;
  done: number;
  unanswered: number;
  /** Items that are gone, or of which somebody was told that they are done and they are not. */
  lost: number;
  /** Claims that two people held at the same moment. */
  twice: number;
  /** Changes that an open console never heard of. */
  unheard: number;
  resyncs: number;
};

const WORKSPACE = idFromKey('penstock:sandbox');
const VICTIMS = ['gateway', 'worker', 'postgres'] as const;
const CLOCKS_OFF_MS = [4 * 60_000, -4 * 60_000];
const RECOVERY_MS = 120_000;

/**
 * Reps work one queue through three gateways, two of which have a wrong clock, while processes are killed and connections cut; open
 * consoles listen meanwhile. Afterwards what reps and consoles know is held against the database.
 */
export async function queueUnderFire(
  instance: Instance,
  plan: QueueFirePlan,
  say: (line: string) => void,
): Promise<QueueFireReport> {
  const url = adminUrl(instance);
  await seedAccounts({
    url,
    workspaceId: WORKSPACE,
    count: plan.items,
    now: new Date(),
    queueShare: 1,
    score: modelScore,
  });
  const cookies = await benchReps({
    adminUrl: url,
    workspaceId: WORKSPACE,
    authSecret: instance.environment['PENSTOCK_AUTH_SECRET'] ?? '',
    count: plan.reps,
    role: 'rep',
  });
  const others = await Promise.all(CLOCKS_OFF_MS.map((offMs) => startGateway(instance, offMs)));
  const urls = [instance.publicUrl, ...others.map((other) => other.url)];
  const anyUrl = () => urls[Math.floor(Math.random() * urls.length)] ?? instance.publicUrl;
  const before = await openItems(url);
  let over = false;
  let listening = true;
  const book: RepBook = { held: [], done: new Set(), unanswered: 0 };
  const consoles = Array.from({ length: plan.consoles }, (_, at) =>
    liveClient(
      () => urls[at % urls.length] ?? instance.publicUrl,
      cookies[at] ?? '',
      () => !listening,
    ),
  );
  const working = cookies.map((cookie, at) =>
    workQueue(anyUrl, { cookie, memberId: `bench-rep-${at}` }, book, () => over),
  );
  const cuts = await fire(instance, plan, consoles, say);
  over = true;
  await Promise.all(working);
  await instance.waitHealthy(RECOVERY_MS);
  const report = await compare(url, { before, book, consoles });
  listening = false;
  for (const client of consoles) client.cut();
  for (const other of others) other.stop();
  return { kills: plan.rounds * VICTIMS.length, cuts, ...report };
}

async function fire(
  instance: Instance,
  plan: QueueFirePlan,
  consoles: readonly LiveClient[],
  say: (line: string) => void,
): Promise<number> {
  let cuts = 0;
  for (let round = 0; round < plan.rounds; round += 1)
    for (const victim of VICTIMS) {
      await sleep(plan.everyMs);
      for (const client of consoles.filter(() => Math.random() < 0.3)) {
        client.cut();
        cuts += 1;
      }
      cuts += (await until('connections to cut', () => cutConnections(instance), RECOVERY_MS)).cut;
      await sleep(plan.everyMs);
      instance.kill(victim);
      await until(
        `${victim} back`,
        () => Promise.resolve(instance.pids()[victim] !== undefined),
        RECOVERY_MS,
      );
      say(`round ${round + 1}: killed ${victim}`);
    }
  await sleep(plan.everyMs);
  return cuts;
}

/** Ends some of the product's connections in the middle of whatever they do. */
const cutConnections = (instance: Instance): Promise<{ cut: number }> =>
  withConnection(adminUrl(instance), async (admin) => {
    const { rowCount } = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'penstock gateway' and random() < 0.4`,
    );
    return { cut: rowCount ?? 0 };
  });

function startGateway(instance: Instance, offMs: number): Promise<{ url: string; stop: () => void }> {
  const child = fork(resolve(import.meta.dirname, 'gateway-off-clock.ts'), {
    env: {
      ...process.env,
      ...instance.environment,
      CHAOS_CLOCK_OFF_MS: String(offMs),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`the gateway with a wrong clock ended with ${code}`)));
    // Safe: the program sends nothing but its port.
    child.once('message', (message) =>
      done({
        url: `http://127.0.0.1:${(message as { port: number }).port}`,
        stop: () => child.disconnect(),
      }),
    );
  });
}

const openItems = (url: string): Promise<string[]> =>
  withConnection(url, async (admin) =>
    (
      await admin.query<{ id: string }>(`select id from queue_item where workspace_id = $1`, [WORKSPACE])
    ).rows.map((row) => row.id),
  );

type Known = { before: readonly string[]; book: RepBook; consoles: readonly LiveClient[] };

async function compare(url: string, { before, book, consoles }: Known) {
  return withConnection(url, async (admin) => {
    const { rows: items } = await admin.query<{ id: string; state: string }>(
      'select id, state from queue_item where workspace_id = $1',
      [WORKSPACE],
    );
    const stateOf = new Map(items.map((item) => [item.id, item.state]));
    const gone = before.filter((id) => !stateOf.has(id));
    const undone = [...book.done].filter((id) => stateOf.get(id) !== 'done');
    const unheard = await until(
      'every console up to date',
      async () => {
        const missing = await unheardBy(admin, consoles);
        return missing.length === 0 ? { missing } : null;
      },
      60_000,
      1_000,
    ).catch(async () => ({ missing: await unheardBy(admin, consoles) }));
    return {
      claims: book.held.length,
      done: book.done.size,
      unanswered: book.unanswered,
      lost: gone.length + undone.length,
      twice: heldTwice(book.held),
      unheard: unheard.missing.length,
      resyncs: consoles.reduce((sum, client) => sum + client.resyncs, 0),
    };
  });
}

type Client = Parameters<Parameters<typeof withConnection>[1]>[0];

/** Committed changes of the queue that a console has not heard of, though it listens from before; of equal ones the last is enough. */
async function unheardBy(admin: Client, consoles: readonly LiveClient[]): Promise<string[]> {
  const { rows } = await admin.query<{ position: string; kind: string; payload: unknown }>(
    `select position, kind, payload from outbox_event where workspace_id = $1 and kind like 'queue.%' and position is not null order by position`,
    [WORKSPACE],
  );
  return consoles.flatMap((client) => {
    const newest = new Map(client.heard.map(({ content, position }) => [content, position]));
    return rows
      .filter(({ position }) => Number(position) > client.fromPosition)
      .map(({ position, kind, payload }) => ({
        position: Number(position),
        content: JSON.stringify({ kind, payload }),
      }))
      .filter(({ position, content }) => (newest.get(content) ?? -1) < position)
      .map(({ position }) => `${position}`);
  });
}

/** Pairs of different people who both knew for certain that they held the same item at the same moment. */
function heldTwice(held: readonly Held[]): number {
  let twice = 0;
  for (const claims of Map.groupBy(held, (one) => one.itemId).values())
    for (const [at, one] of claims.entries())
      twice += claims
        .slice(at + 1)
        .filter(
          (other) =>
            other.memberId !== one.memberId && other.fromMs < one.untilMs && one.fromMs < other.untilMs,
        ).length;
  return twice;
}

export const queueIsRight = ({ lost, twice, unheard }: QueueFireReport): boolean =>
  lost === 0 && twice === 0 && unheard === 0;

export const queueLine = (report: QueueFireReport): string =>
  `kills=${report.kills} connections_cut=${report.cuts} claims=${report.claims} done=${report.done} unanswered=${report.unanswered} lost=${report.lost} twice=${report.twice} unheard=${report.unheard} resyncs=${report.resyncs}`;
