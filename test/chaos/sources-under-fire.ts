import { fork, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { createAccount } from '@penstock/accounts/identify-company';
import { provisionWorkspace } from '@penstock/gateway/provision-workspace';
import type { Instance } from '@penstock/infra-local/instance-options';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import { systemClock } from '@penstock/kernel/clock';
import { boardNameOf } from '@penstock/sandbox/simulators/job-boards/board-book';
import { NEWSWIRE_FEED, WARN_FILE, WARN_REGION } from '@penstock/sandbox/simulators/newswire';
import { buildWorld } from '@penstock/sandbox/world/build-world';
import { scoringPort } from '@penstock/scoring/rescore';
import { addSource } from '@penstock/signals/operations/add-source';
import { takeIntentOperation } from '@penstock/signals/operations/take-intent';
import { watchBoard } from '@penstock/signals/operations/watch-board';
import { openStore, type Store } from '@penstock/store/store';
import type { Actor } from '@penstock/workspace/model/actor';
import { execute, type Command } from '@penstock/workspace/operation';
import type { z } from 'zod';

import { adminUrl } from '../walk/admin-url.ts';
import { until } from '../walk/waiting.ts';
import { boardAddress } from './board-address.ts';
import { openStorm, type Storm } from './storm-proxy.ts';
import { compareTold, TOLD_SQL, type Differences, type Told } from './told.ts';
import { webhookSender, type WebhookSender } from './webhook-sender.ts';

export type SourcesFirePlan = { seconds: number; killEveryMs: number };
export type SourcesFireReport = Differences & {
  kills: number;
  faults: number;
  told: number;
  /** Sources of the workspace in the storm, and how many of them said that something was wrong. */
  sources: number;
  seenFailing: number;
  stillFailing: number;
  /** Webhook deliveries that were forged, late, cut or changed, and accepted all the same. */
  forged: number;
  /** Documents that were given up. */
  givenUp: number;
};

const CLOCKS_OFF_MS = [0, 4 * 60_000, -4 * 60_000];
const LOOK_EVERY_MS = 1_500;
/** Of the kills, each so many-th is the gateway's, too, which takes webhooks. */
const GATEWAY_EVERY = 5;
const RECOVERY_MS = 180_000;
const STORM = 0;
const CALM = 1;
const WORLD = buildWorld();
const COMPANIES = WORLD.companies.slice(0, 12);
const EMPLOYERS = WORLD.companies
  .filter(({ region, country }) => region === WARN_REGION && country === 'US')
  .slice(0, 9);
const FILINGS = ['round-5', 'round-6', 'round-7', 'round-8', 'first', 'indefinite', 'amendment'];

/**
 * Two workspaces watch the same sources, one of them through a storm of faults and by processes that are killed and have wrong clocks.
 * When the weather has cleared, both have to know the same.
 */
export async function sourcesUnderFire(
  instance: Instance,
  plan: SourcesFirePlan,
  say: (line: string) => void,
): Promise<SourcesFireReport> {
  const { databaseUrls: urls } = instance;
  const store = openStore({ appUrl: urls.app, dueUrl: urls.due, applicationName: 'chaos sources' });
  const stormy = await workspaceIn(instance, store, 'stormy', STORM);
  const calm = await workspaceIn(instance, store, 'calm', CALM);
  const senders = {
    stormy: await webhookSender(instance, store, stormy),
    calm: await webhookSender(instance, store, calm),
  };
  const storm = await openStorm(instance.sandboxUrl, () => ({
    boardOf: otherBoard,
    filing: null,
    name: COMPANIES[1]?.domain ?? '',
  }));
  const pollers = CLOCKS_OFF_MS.map((offMs) => poller(instance, storm.url, STORM, offMs));
  const quiet = poller(instance, instance.sandboxUrl, CALM, 0);
  let over = false;
  const looking = lookAgain(instance, () => over);
  try {
    storm.blow(0.4);
    await until('first sights', () => hasSeenAll(instance), RECOVERY_MS, 500);
    say('everything was seen for the first time, in the storm');
    const given = await fire(instance, store, { stormy, calm }, { storm, pollers, senders, plan, say });
    storm.blow(0);
    const rows = () => toldIn(instance, stormy, calm);
    await until(
      'both know the same',
      async () =>
        isSame(compareTold(...(await rows()))) && (await healthIn(instance, stormy)).stillFailing === 0,
      RECOVERY_MS,
      1_000,
    ).catch(() => undefined);
    const [here, there] = await rows();
    const faults = [...storm.given.values()].reduce((sum, count) => sum + count, 0);
    say([...storm.given].map(([kind, count]) => `${kind} ${count}`).join(', '));
    return {
      ...compareTold(here, there),
      ...given,
      faults,
      told: there.length,
      ...(await healthIn(instance, stormy)),
    };
  } finally {
    over = true;
    await looking;
    for (const each of [...pollers, quiet]) each.end();
    storm.close();
    await store.close();
  }
}

const isSame = ({ wrong, lost, twice }: Differences): boolean =>
  wrong.length + lost.length + twice.length === 0;
const otherBoard = (board: string): string => {
  const at = WORLD.companies.findIndex((company) => boardNameOf(company) === board);
  const other = WORLD.companies[at + 6];
  return other ? boardNameOf(other) : board;
};

async function workspaceIn(instance: Instance, store: Store, slug: string, shard: number): Promise<Actor> {
  const auth = { createOrganization: () => Promise.resolve(), joinOrganization: () => Promise.resolve() };
  const wanted = { name: slug, slug, kind: 'sandbox' as const, timeZone: 'UTC', founder: null };
  const workspaceId = await provisionWorkspace({ store, clock: systemClock, auth }, wanted);
  const admin = { workspaceId, id: 'chaos-admin', name: 'Chaos', role: 'admin' as const };
  const data = { ...admin, email: 'admin@seller.example', takesLeads: false, createdAt: new Date() };
  await store.withRecords(workspaceId, ({ db }) => db.member.create({ data }));
  const actor: Actor = { ...admin, kind: 'member', teamId: null, scopes: null, visibleOwnerIds: null };
  for (const company of new Set([...COMPANIES, ...EMPLOYERS])) {
    const { name, domain, city, region, country } = company;
    const mention = { name, formerNames: [], domain, ids: [], country, region, city };
    // Records of owned accounts are looked up.
    const ownerId = COMPANIES.slice(0, 4).includes(company) ? admin.id : null;
    const as = { state: 'active', origin: 'manual', isTest: false, ownerId, now: new Date() } as const;
    const accountId = await store.inWorkspace(workspaceId, (tx) => createAccount(tx, mention, as));
    if (COMPANIES.includes(company))
      await run(store, actor, watchBoard, { accountId, url: boardAddress(WORLD, company) });
  }
  await run(store, actor, addSource, { name: 'Paper', settings: { kind: 'press', url: NEWSWIRE_FEED } });
  const notices = { kind: 'warn' as const, url: WARN_FILE, region: WARN_REGION };
  await run(store, actor, addSource, { name: 'State', settings: notices });
  await withConnection(adminUrl(instance), async (admin_) => {
    await admin_.query(
      `update source_watch set shard = $2, active = source not like '%daily%' and source <> 'company-sites' where workspace_id = $1`,
      [workspaceId, shard],
    );
    await admin_.query('update job_board set shard = $2 where workspace_id = $1', [workspaceId, shard]);
    await admin_.query(
      `update source_watch set active = false where workspace_id not in (select workspace_id from workspace where slug in ('stormy', 'calm'))`,
    );
  });
  return actor;
}

function run<I extends z.ZodType, O extends z.ZodType>(
  store: Store,
  actor: Actor,
  operation: Command<I, O, 'hot'>,
  input: z.input<I>,
): Promise<z.output<O>> {
  const by = { actor, requestId: 'chaos', idempotencyKey: undefined };
  return execute({ store, clock: systemClock }, by, operation, input);
}

type Poller = { kill(): void; end(): void };

/** A process that looks at a shard's sources; it comes back when it is killed. */
function poller(instance: Instance, sandboxUrl: string, shard: number, offMs: number): Poller {
  let ended = false;
  let child: ChildProcess;
  const start = (): void => {
    child = fork(resolve(import.meta.dirname, 'source-poller.ts'), {
      env: {
        ...process.env,
        ...instance.environment,
        PENSTOCK_SANDBOX_URL: sandboxUrl,
        CHAOS_SHARD: String(shard),
        CHAOS_CLOCK_OFF_MS: String(offMs),
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.once('exit', () => {
      if (!ended) start();
    });
  };
  start();
  return {
    kill: () => void child.kill('SIGKILL'),
    end() {
      ended = true;
      child.kill('SIGKILL');
    },
  };
}

/** Everything is due again every moment: the run need not wait for cadences and pauses. */
async function lookAgain(instance: Instance, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await withConnection(adminUrl(instance), async (admin) => {
      const longAgo = [new Date(Date.now() - 3_600_000)];
      await admin.query('update source_watch set due_at = $1 where active', longAgo);
      await admin.query('update job_board set due_at = $1 where active', longAgo);
      await admin.query('update dns_state set due_at = $1', longAgo);
      await admin.query('update source_item set retry_at = null where retry_at is not null');
    }).catch(() => undefined);
    await sleep(LOOK_EVERY_MS);
  }
}

const hasSeenAll = (instance: Instance): Promise<boolean> =>
  withConnection(adminUrl(instance), async (admin) => {
    const { rows } = await admin.query<{ unseen: string }>(
      `select (select count(*) from source_watch where active and source ~ '^(sec-edgar|press|warn|dns)' and source <> 'press/gdelt' and baseline_at is null)
         + (select count(*) from job_board where baseline_at is null) + (select count(*) from dns_state where baseline_at is null)
         + (select 8 - least(8, count(*)) from dns_state) as unseen`,
    );
    return Number(rows[0]?.unseen ?? 1) === 0;
  });

type Fire = {
  storm: Storm;
  pollers: readonly Poller[];
  senders: { stormy: WebhookSender; calm: WebhookSender };
  plan: SourcesFirePlan;
  say: (line: string) => void;
};

async function fire(
  instance: Instance,
  store: Store,
  { stormy, calm }: { stormy: Actor; calm: Actor },
  { storm, pollers, senders, plan, say }: Fire,
): Promise<{ kills: number; forged: number }> {
  storm.blow(0.6);
  let kills = 0;
  let forged = 0;
  const deliveries: Promise<unknown>[] = [];
  const untilMs = performance.now() + plan.seconds * 1_000;
  while (performance.now() < untilMs) {
    await sleep(plan.killEveryMs);
    pollers[kills % pollers.length]?.kill();
    kills += 1;
    const company = COMPANIES[kills % COMPANIES.length];
    const job = {
      domain: company?.domain,
      title: `Head of Revenue Operations ${kills}`,
      department: 'Revenue',
    };
    await tell(instance, '/boards/post', job);
    if (kills % 4 === 1)
      await tell(instance, '/edgar/release', { which: FILINGS[Math.floor(kills / 4)] ?? 'next' });
    await sendIntent(store, { stormy, calm }, kills);
    if (kills % GATEWAY_EVERY === 0) instance.kill('gateway');
    const delivered = sendWebhooks(senders, kills).then((accepted) => {
      forged += accepted;
    });
    // Whatever fails is said once everything was sent.
    delivered.catch(() => undefined);
    deliveries.push(delivered);
    if (kills % 10 === 0) say(`${kills} processes killed`);
  }
  await Promise.all(deliveries);
  return { kills, forged };
}

/** A signed webhook: in the storm twice at once and a third time, beside deliveries that nobody may believe. */
async function sendWebhooks({ stormy, calm }: Fire['senders'], at: number): Promise<number> {
  const company = COMPANIES[at % COMPANIES.length];
  const { name, domain } = company ?? { name: '', domain: '' };
  const event = { eventId: `feed ${at}`, company: { name, domain }, summary: `Compares vendors ${at}` };
  await calm.deliver(event);
  const [accepted] = await Promise.all([
    stormy.deliverBadly({ ...event, eventId: `forged ${at}`, summary: `Forged ${at}` }, calm.secret),
    stormy.deliver(event),
    stormy.deliver(event),
  ]);
  await stormy.deliver(event);
  return accepted;
}

async function tell(instance: Instance, path: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(`${instance.sandboxUrl}/control${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
}

/** A vendor's file: in the storm it is sent three times, twice at once, and once with half its last row. */
async function sendIntent(store: Store, who: { stormy: Actor; calm: Actor }, at: number): Promise<void> {
  const take = takeIntentOperation({ scoring: scoringPort });
  const columns = { domain: 0, company: null, kind: 1, topic: 2, score: 3, date: 4 };
  const day = new Date().toISOString().slice(0, 10);
  const row = [
    COMPANIES[at % COMPANIES.length]?.domain ?? '',
    'category_search',
    `revenue tools ${at}`,
    '80',
    day,
  ];
  await run(store, who.calm, take, { columns, rows: [row] });
  const rows = [row, [...row.slice(0, 3), '', day.slice(0, 6)]];
  await Promise.all([
    run(store, who.stormy, take, { columns, rows }),
    run(store, who.stormy, take, { columns, rows: [row] }),
  ]);
  await run(store, who.stormy, take, { columns, rows: [row, row] });
}

const toldIn = (instance: Instance, stormy: Actor, calm: Actor): Promise<[Told[], Told[]]> =>
  withConnection(adminUrl(instance), async (admin) => [
    (await admin.query<Told>(TOLD_SQL, [stormy.workspaceId])).rows,
    (await admin.query<Told>(TOLD_SQL, [calm.workspaceId])).rows,
  ]);

const healthIn = (instance: Instance, { workspaceId }: Actor) =>
  withConnection(adminUrl(instance), async (admin) => {
    const { rows } = await admin.query<{ sources: number; failing: number; failed: number; givenUp: number }>(
      `select count(*)::int as sources, (count(*) filter (where health = 'failing'))::int as failing, (count(*) filter (where seen))::int as failed,
         (select count(*)::int from source_item where workspace_id = $1 and state = 'failed') as "givenUp"
       from (select health, last_fault_at is not null as seen from source_watch where workspace_id = $1 and active and looks > 0
         union all select health, exists (select 1 from outbox_event e where e.workspace_id = b.workspace_id and e.kind = 'source.changed' and e.payload ->> 'boardId' = b.id::text)
           from job_board b where workspace_id = $1) s`,
      [workspaceId],
    );
    const [row] = rows;
    return {
      sources: row?.sources ?? 0,
      seenFailing: row?.failed ?? 0,
      stillFailing: row?.failing ?? 0,
      givenUp: row?.givenUp ?? 0,
    };
  });

export const sourcesAreRight = ({
  wrong,
  lost,
  twice,
  seenFailing,
  sources,
  stillFailing,
  forged,
}: SourcesFireReport): boolean =>
  wrong.length + lost.length + twice.length + stillFailing + forged === 0 && seenFailing === sources;

export const sourcesLine = (report: SourcesFireReport): string =>
  `kills=${report.kills} faults=${report.faults} told=${report.told} wrong=${report.wrong.length} lost=${report.lost.length} twice=${report.twice.length} sources=${report.sources} outage_seen=${report.seenFailing} still_failing=${report.stillFailing} forged_accepted=${report.forged} given_up=${report.givenUp}`;
