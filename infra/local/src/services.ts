import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import type { ServiceName } from './instance-options.ts';
import { REPOSITORY } from './paths.ts';
import type { Component } from './supervisor.ts';

type Service = {
  entry: string;
  /** Ceiling of the JavaScript heap; what it holds when idle is a fraction of it. */
  heapMb: number;
  /** How long it may take to finish what it has begun. */
  drainMs: number;
  /** Work in the background gives way to whoever answers a form or a rep. */
  niceness: number;
};

const SERVICES: Record<ServiceName, Service> = {
  sandbox: { entry: 'packages/sandbox/src/main.ts', heapMb: 256, drainMs: 2_000, niceness: 10 },
  gateway: { entry: 'services/gateway/src/main.ts', heapMb: 384, drainMs: 8_000, niceness: 0 },
  worker: { entry: 'services/worker/src/main.ts', heapMb: 512, drainMs: 12_000, niceness: 5 },
};

/** Threads that collect garbage beside a service: with as many as Node starts by itself (four), they take a small machine from whoever waits. */
const COLLECTORS = Math.min(4, Math.max(1, availableParallelism() - 1));
/** Young objects are collected this often: seldom enough to be dead by then, often enough that nobody notices (decision 0002). */
const YOUNG_MB = 8;
/** How garbage is collected, for people who wait for answers. What is made at a place whose objects have lived long is not made old from the start: it kept others alive. */
export const COLLECTION: readonly string[] = [
  `--v8-pool-size=${COLLECTORS}`,
  `--max-semi-space-size=${YOUNG_MB}`,
  '--no-allocation-site-pretenuring',
];

/** A service as a process of its own, on this Node. */
export function serviceComponent(
  kind: ServiceName,
  /** The service's own, or with a number where several of a kind run. */
  name: string,
  environment: Record<string, string>,
  logDir: string,
): Component {
  const service = SERVICES[kind];
  return {
    name,
    readyTimeoutMs: 60_000,
    command: {
      command: process.execPath,
      args: [`--max-old-space-size=${service.heapMb}`, ...COLLECTION, join(REPOSITORY, service.entry)],
      environment,
      cwd: REPOSITORY,
      logFile: join(logDir, `${name}.log`),
      channel: true,
      niceness: service.niceness,
      stop: [{ signal: 'SIGTERM', timeoutMs: service.drainMs }],
    },
    untilReady: (child) => child.saidReady,
  };
}
