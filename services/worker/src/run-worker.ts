import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { findDuplicates } from '@penstock/accounts/find-duplicates';
import type { Configuration } from '@penstock/config/environment';
import { forgetUnmatchedMails } from '@penstock/engagement/forget-unmatched';
import { sendDueMessages } from '@penstock/engagement/send-first-message';
import { COUNTED_KINDS, QUICK_KINDS, watchMoneyEverywhere } from '@penstock/enrichment/alerts/watch-money';
import { sendDueNotifications } from '@penstock/engagement/notifications/send-messages';
import { tellEverywhere } from '@penstock/engagement/notifications/tell-of-events';
import { createLateCalls } from '@penstock/enrichment/late-calls';
import { workPeopleSearches } from '@penstock/enrichment/people-search/work-searches';
import { pollDueTickets } from '@penstock/enrichment/later/poll-tickets';
import { purgeValues } from '@penstock/enrichment/purge-values';
import { refreshBalancesEverywhere } from '@penstock/enrichment/refresh-balances';
import { sumSpending } from '@penstock/enrichment/spend-sums';
import type { WaterfallDeps } from '@penstock/enrichment/waterfall-run';
import { failingSources } from '@penstock/signals/failing-sources';
import { followUpLists } from '@penstock/scoring/lists/follow-up';
import { refillLists } from '@penstock/scoring/lists/refill-lists';
import { workIcpBuilds } from '@penstock/scoring/work-icp-builds';
import { systemClock, type Clock } from '@penstock/kernel/clock';
import { openStore } from '@penstock/store/store';
import { forgetOldVisits, lookUpVisits } from '@penstock/signals/visits/look-up-visits';
import { createLogger, type Logger } from '@penstock/telemetry/logger';
import { openTemporalClient } from '@penstock/temporal/connect';
import { createDataConverter } from '@penstock/temporal/data-converter';
import { errorInterceptor } from '@penstock/temporal/error-interceptor';
import { ensureWatchSources, reconcileSweep } from '@penstock/workflows/start-workflows';
import { TASK_QUEUE } from '@penstock/workflows/task-queue';
import type { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

import { watchNewSources } from './watch-new-sources.ts';
import { startEventSender } from './event-sender.ts';
import { startOutboxRelay } from './outbox-relay.ts';
import { openOutsideWorld } from './outside-world.ts';
import { engagementActivities } from './slices/engagement.ts';
import { enrichmentActivities, waterfallDeps } from './slices/enrichment.ts';
import { signalsActivities } from './slices/signals.ts';
import { sweepActivities } from './slices/sweep.ts';
import { visitDeps } from './slices/visits.ts';
import { startRepeating, type Repeating } from './repeating.ts';
import type { WorkerDeps } from './worker-deps.ts';

const SHARDS = 1;
const RECONNECT_MS = 1_000;
/** Answers that nobody waits for get so long while the worker stops; later ones are of unknown charge. */
const LATE_MS = 3_000;
const BUNDLE = fileURLToPath(new URL('../../../workflows/dist/workflow-bundle.js', import.meta.url));

export type RunningWorker = { stop: () => Promise<void> };

/** Every slice's workflows and activities in one process, and the outbox relay. Survives restarts of Temporal and Postgres. */
export async function runWorker(config: Configuration, clock: Clock = systemClock): Promise<RunningWorker> {
  const log = createLogger({ service: 'worker', level: config.PENSTOCK_LOG_LEVEL });
  quietRuntime(log);
  const store = openStore({
    appUrl: config.PENSTOCK_APP_DATABASE_URL,
    dueUrl: config.PENSTOCK_DUE_DATABASE_URL,
    applicationName: 'penstock worker',
  });
  const outside = openOutsideWorld(config, store);
  const temporal = openTemporalClient({
    address: config.PENSTOCK_TEMPORAL_ADDRESS,
    namespace: config.PENSTOCK_TEMPORAL_NAMESPACE,
    secretKey: config.PENSTOCK_SECRET_KEY,
  });
  const late = createLateCalls((error) => log.error({ error }, 'an answer that came late could not be kept'));
  const deps: WorkerDeps = { config, store, clock, outside, late, client: temporal.client, log };
  const relay = startOutboxRelay(store, log);
  const sender = startEventSender(
    {
      store,
      clock,
      secretKey: Buffer.from(config.PENSTOCK_SECRET_KEY, 'base64'),
      post: outside.postWebhook,
    },
    log,
  );
  const enrichment = waterfallDeps(deps);
  const repeated = repeatedWork(deps, enrichment);
  const connection = await connectPatiently(config, log);
  const worker = await createWorker(config, connection, deps, enrichment);
  const running = worker.run();
  await prepareSchedules(temporal.client, log, () => watchNewSources(deps));
  return {
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
      await Promise.all(repeated.map((one) => one.stop()));
      await sender.stop();
      await connection.close();
      await late.settled(LATE_MS);
      await relay.stop();
      await outside.close();
      await temporal.close();
      await store.close();
    },
  };
}

/** Values whose provider, or the workspace, lets nobody keep them any longer, and mails with people whom nobody has known. */
async function purgeEverywhere(deps: WaterfallDeps): Promise<void> {
  for (const { workspaceId } of await deps.store.dueWork.workspaces()) {
    await purgeValues(deps, workspaceId);
    await forgetOldVisits(deps, workspaceId);
  }
  await forgetUnmatchedMails(deps);
}

/** How many were due is no pause. */
async function askAboutTickets(deps: WaterfallDeps): Promise<void> {
  await pollDueTickets(deps);
}

/** Pairs of people and accounts that may be one. */
async function findEverywhere({ store, clock }: Pick<WorkerDeps, 'store' | 'clock'>): Promise<void> {
  for (const { workspaceId } of await store.dueWork.workspaces())
    await store.inWorkspace(workspaceId, (tx) => findDuplicates(tx, clock.now()));
}

function quietRuntime(log: Logger): void {
  Runtime.install({
    // The SDK's own log lines can quote workflow ids and failures; ours hold codes only.
    logger: new DefaultLogger('WARN', ({ level, message }) => log.warn({ sdkLevel: level }, message)),
    shutdownSignals: [],
    telemetryOptions: { logging: { forward: {}, filter: 'WARN' } },
  });
}

function createWorker(
  config: Configuration,
  connection: NativeConnection,
  deps: WorkerDeps,
  enrichment: WaterfallDeps,
): Promise<Worker> {
  return Worker.create({
    connection,
    namespace: config.PENSTOCK_TEMPORAL_NAMESPACE,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: config.PENSTOCK_WORKFLOW_BUNDLE || BUNDLE },
    dataConverter: createDataConverter(config.PENSTOCK_SECRET_KEY),
    activities: {
      ...engagementActivities(deps),
      ...enrichmentActivities(deps, enrichment),
      ...signalsActivities(deps, enrichment),
      ...sweepActivities(deps),
    },
    interceptors: { activity: [() => ({ inbound: errorInterceptor })] },
    maxConcurrentActivityTaskExecutions: 100,
    // An inbound lead holds one, and its workflow's task, for as long as its vendors take: twenty leads a second of ten seconds each are two hundred.
    maxConcurrentLocalActivityExecutions: 600,
    maxConcurrentWorkflowTaskExecutions: 600,
    // As many as are under way then: what falls out is played again from its history.
    maxCachedWorkflows: 1_000,
    // A killed worker's tasks are taken up by its successor after seconds, not after twenty.
    stickyQueueScheduleToStartTimeout: '3s',
    workflowThreadPoolSize: 1,
    // Lists stop asking at once and settle what is under way; everything else has until the end.
    shutdownGraceTime: '200ms',
    shutdownForceTime: '8s',
  });
}

/** What members are told of, and who looks at the workspace's site. */
function outwardWork(deps: WorkerDeps): Repeating[] {
  const { store, clock, outside, log, config } = deps;
  return [
    startRepeating(() => tellEverywhere({ store, clock }), { everyMs: 500, what: 'telling members', log }),
    startRepeating(
      () =>
        sendDueNotifications({
          store,
          clock,
          mailFor: outside.mailFor,
          chatFor: outside.chatFor,
          hookFor: outside.hookFor,
          publicUrl: config.PENSTOCK_PUBLIC_URL,
        }),
      { everyMs: 1_000, what: 'sending notifications', log },
    ),
    startRepeating(() => lookUpVisits(visitDeps(deps)), {
      everyMs: 1_000,
      what: 'looking visitors up',
      log,
    }),
  ];
}

/** What goes round by itself, beside Temporal: it finds its work in Postgres, and may be done by any worker. */
function repeatedWork(deps: WorkerDeps, enrichment: WaterfallDeps): Repeating[] {
  const { store, clock, outside, log } = deps;
  return [
    startRepeating(() => askAboutTickets(enrichment), { everyMs: 1_000, what: 'asking about tickets', log }),
    startRepeating(() => sendDueMessages({ store, clock, mailFor: outside.mailFor }), {
      everyMs: 500,
      what: 'sending first messages',
      log,
    }),
    startRepeating(() => workIcpBuilds(deps), { everyMs: 500, what: 'building fits', log }),
    startRepeating(() => workPeopleSearches(enrichment), {
      everyMs: 1_000,
      what: 'searching for people',
      log,
    }),
    startRepeating(() => followUpLists(enrichment), {
      everyMs: 5_000,
      what: 'following lists up',
      log,
    }),
    startRepeating(() => refillLists(deps), { everyMs: 1_000, what: 'refilling lists', log }),
    ...outwardWork(deps),
    startRepeating(() => purgeEverywhere(enrichment), {
      everyMs: 6 * 3_600_000,
      what: 'removing what is past its term',
      log,
    }),
    startRepeating(() => watchMoneyEverywhere(deps, QUICK_KINDS, { source_failing: failingSources }), {
      everyMs: 10_000,
      firstAfterMs: 10_000,
      what: 'looking after money',
      log,
    }),
    startRepeating(() => watchMoneyEverywhere(deps, COUNTED_KINDS, { source_failing: failingSources }), {
      everyMs: 10 * 60_000,
      firstAfterMs: 60_000,
      what: 'counting calls for alerts',
      log,
    }),
    startRepeating(() => sumSpending(deps), {
      everyMs: 10 * 60_000,
      firstAfterMs: 120_000,
      what: 'summing what was spent',
      log,
    }),
    startRepeating(() => refreshBalancesEverywhere(enrichment), {
      everyMs: 60_000,
      firstAfterMs: 60_000,
      what: 'asking for balances',
      log,
    }),
    startRepeating(() => findEverywhere(deps), {
      everyMs: 24 * 3_600_000,
      // A look through everything is no part of starting.
      firstAfterMs: 15 * 60_000,
      what: 'looking for duplicates',
      log,
    }),
  ];
}

async function connectPatiently(config: Configuration, log: Logger): Promise<NativeConnection> {
  for (;;) {
    try {
      return await NativeConnection.connect({ address: config.PENSTOCK_TEMPORAL_ADDRESS });
    } catch (error) {
      log.warn({ error }, 'Temporal is not there yet');
      await sleep(RECONNECT_MS);
    }
  }
}

async function prepareSchedules(client: Client, log: Logger, watchNew: () => Promise<void>): Promise<void> {
  for (let attempt = 1; attempt <= 30; attempt += 1) {
    try {
      await watchNew();
      await ensureWatchSources(client, SHARDS);
      await reconcileSweep(client);
      return;
    } catch (error) {
      log.warn({ attempt, error }, 'watchers and sweep are not scheduled yet');
      await sleep(RECONNECT_MS);
    }
  }
}
