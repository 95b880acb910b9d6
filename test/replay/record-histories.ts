import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { createDataConverter } from '@penstock/temporal/data-converter';
import { startTestServers } from '@penstock/testkit/test-servers';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

import { REPLAY_KEY } from './replay-key.ts';
import { scenarios, type Scenario } from './scenarios.ts';

// `npm run histories`: runs every scenario on a real server and keeps its history beside the workflow.

const ROOT = resolve(import.meta.dirname, '../..');
const print = (line: string) => void process.stdout.write(`  ${line}\n`);

/** Which process on which machine it was says nothing about the workflow. */
const withoutMachine = (name: string, value: unknown): unknown =>
  typeof value === 'string' && (name === 'identity' || /^\d+@/.test(value)) ? 'recorder' : value;

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
});
const servers = await startTestServers({ temporal: true, onStep: () => undefined });
try {
  const { temporalAddress: address, temporalNamespace: namespace } = servers;
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const client = new Client({ connection, namespace, dataConverter: createDataConverter(REPLAY_KEY) });
  for (const scenario of scenarios().filter(({ kept }) => !kept))
    await record(scenario, client, native, namespace);
  await native.close();
  await connection.close();
} finally {
  await servers.stop();
}

async function record(
  scenario: Scenario,
  client: Client,
  native: NativeConnection,
  namespace: string,
): Promise<void> {
  const taskQueue = `record-${scenario.workflow}-${scenario.name}`;
  let reached = false;
  const { cancelAt } = scenario;
  const waiting = cancelAt === undefined ? undefined : scenario.activities[cancelAt];
  const activities = {
    ...scenario.activities,
    ...(cancelAt !== undefined && {
      [cancelAt]: (...args: unknown[]) => {
        reached = true;
        // Safe: the scenario's own activity, given what the workflow gave.
        return (waiting as ((...all: unknown[]) => unknown) | undefined)?.(...args);
      },
    }),
  };
  const worker = await Worker.create({
    connection: native,
    namespace,
    taskQueue,
    workflowBundle: { codePath: resolve(ROOT, 'workflows/dist/workflow-bundle.js') },
    dataConverter: createDataConverter(REPLAY_KEY),
    activities,
    shutdownGraceTime: '1s',
    shutdownForceTime: '2s',
  });
  await worker.runUntil(async () => {
    const handle = await client.workflow.start(scenario.type, {
      taskQueue,
      workflowId: taskQueue,
      args: scenario.args,
    });
    if (cancelAt !== undefined) {
      while (!reached) await sleep(50);
      await handle.cancel();
    }
    await ended(client, taskQueue, handle.firstExecutionRunId);
    const history = await client.workflow.getHandle(taskQueue, handle.firstExecutionRunId).fetchHistory();
    const folder = resolve(ROOT, 'workflows', scenario.workflow, 'histories');
    await mkdir(folder, { recursive: true });
    await writeFile(
      resolve(folder, `${scenario.name}.json`),
      `${JSON.stringify(JSON.parse(historyToJSON(history), withoutMachine), null, 1)}\n`,
    );
    print(`${scenario.workflow} ${scenario.name}: ${history.events?.length ?? 0} events`);
    if (scenario.name === 'continued' || scenario.type === 'watchSources')
      await client.workflow
        .getHandle(taskQueue)
        .terminate()
        .catch(() => undefined);
  });
}

/** Until the first run of it is over, however it ended. */
async function ended(client: Client, workflowId: string, runId: string): Promise<void> {
  for (;;) {
    const { status } = await client.workflow.getHandle(workflowId, runId).describe();
    if (status.name !== 'RUNNING') return;
    await sleep(100);
  }
}
