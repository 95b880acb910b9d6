import { setTimeout as sleep } from 'node:timers/promises';

import { startChild, type Child, type Command, type Exit } from './child.ts';
import { lastLines } from './log-file.ts';
import { reasonOf, SetupError } from './setup-error.ts';

export type Component = {
  name: string;
  command: Command;
  /** Runs before every start, the first and each restart. */
  prepare?: () => Promise<void>;
  /** Resolves once it serves; `signal` is aborted when waiting has become pointless. */
  untilReady(child: Child, signal: AbortSignal): Promise<void>;
  readyTimeoutMs: number;
};

export type SupervisorEvent =
  | { kind: 'ended'; name: string; how: string; restartInMs: number }
  | { kind: 'restarted'; name: string; downMs: number };

export type Supervised = {
  readonly name: string;
  pid(): number | undefined;
  isReady(): boolean;
  /** @throws SetupError `component_failed` with the end of its log, if it does not come up the first time. */
  start(): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash would; it comes back by itself. */
  kill(): void;
  /** Ends it in good order; it comes back by itself. */
  recycle(): Promise<void>;
};

export type Watchers = {
  /** Hears of each component before its first start; throwing refuses it. */
  onSupervised?: ((supervised: Supervised) => void) | undefined;
  onEvent?: ((event: SupervisorEvent) => void) | undefined;
  /** Hears of every new process, and of none (`undefined`) when it has ended. */
  onPid?: ((name: string, pid: number | undefined) => void) | undefined;
};

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5_000;
/** One that has served this long starts again from the shortest delay. */
const FORGIVEN_AFTER_MS = 30_000;

/** Pause before the next start after this many failures in a row (0.2 s doubling to 5 s). */
export function restartDelayMs(failuresInARow: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, failuresInARow - 1));
}

/** Keeps one component running: started again whenever it ends without having been asked to. */
export function supervise(component: Component, watchers: Watchers = {}): Supervised {
  const stopping = new AbortController();
  let child: Child | undefined;
  let ready = false;
  let keeping: Promise<void> = Promise.resolve();

  async function launch(): Promise<Child> {
    await component.prepare?.();
    const started = startChild(component.command);
    child = started;
    watchers.onPid?.(component.name, started.pid);
    void started.exited.then(() => {
      ready = false;
      if (child === started) watchers.onPid?.(component.name, undefined);
    });
    await untilReady(component, started);
    ready = true;
    return started;
  }

  async function keepRunning(first: Child): Promise<void> {
    let current = first;
    let failures = 0;
    let servedSince = performance.now();
    for (;;) {
      const exit = await current.exited;
      const endedAt = performance.now();
      if (endedAt - servedSince > FORGIVEN_AFTER_MS) failures = 0;
      let how = describe(exit);
      for (let up = false; !up;) {
        if (stopping.signal.aborted) return;
        failures += 1;
        const restartInMs = restartDelayMs(failures);
        watchers.onEvent?.({ kind: 'ended', name: component.name, how, restartInMs });
        await sleep(restartInMs, undefined, { signal: stopping.signal }).catch(() => {});
        if (stopping.signal.aborted) return;
        try {
          current = await launch();
          up = true;
        } catch (error) {
          how = reasonOf(error);
        }
      }
      servedSince = performance.now();
      watchers.onEvent?.({
        kind: 'restarted',
        name: component.name,
        downMs: Math.round(servedSince - endedAt),
      });
    }
  }

  const supervised: Supervised = {
    name: component.name,
    pid: () => (child && ready ? child.pid : undefined),
    isReady: () => ready,
    async start() {
      const first = await launch();
      keeping = keepRunning(first);
    },
    async stop() {
      stopping.abort();
      await child?.stop();
      await keeping;
      // A restart that was under way when we were asked to stop.
      await child?.stop();
    },
    kill: () => child?.kill('SIGKILL'),
    recycle: async () => child?.stop(),
  };
  watchers.onSupervised?.(supervised);
  return supervised;
}

async function untilReady(component: Component, child: Child): Promise<void> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), component.readyTimeoutMs);
  const late = new Promise<string>((resolve) => {
    giveUp.signal.addEventListener('abort', () => resolve('was not ready in time'), { once: true });
  });
  const ended = child.exited.then((exit) => describe(exit));
  const problem = await Promise.race([
    component.untilReady(child, giveUp.signal).then(() => undefined, reasonOf),
    ended,
    late,
  ]);
  clearTimeout(timer);
  giveUp.abort();
  if (problem === undefined) return;

  await child.stop();
  throw new SetupError('component_failed', failure(component, problem));
}

function failure(component: Component, problem: string): string {
  const { logFile } = component.command;
  const tail = lastLines(logFile, 4).map((line) => `\n  ${line}`);
  return `${component.name} did not start: it ${problem}. The end of its log (${logFile}):${tail.join('')}`;
}

function describe(exit: Exit): string {
  if (exit.spawnError) return `could not be run (${exit.spawnError.message})`;
  return exit.signal ? `was ended by ${exit.signal}` : `ended with code ${exit.code}`;
}
