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
  const supervised = new Keeper(component, watchers);
  watchers.onSupervised?.(supervised);
  return supervised;
}

class Keeper implements Supervised {
  readonly name: string;
  readonly #component: Component;
  readonly #watchers: Watchers;
  readonly #stopping = new AbortController();
  #child: Child | undefined;
  #ready = false;
  #keeping: Promise<void> = Promise.resolve();

  constructor(component: Component, watchers: Watchers) {
    this.name = component.name;
    this.#component = component;
    this.#watchers = watchers;
  }

  pid(): number | undefined {
    return this.#ready ? this.#child?.pid : undefined;
  }

  isReady(): boolean {
    return this.#ready;
  }

  async start(): Promise<void> {
    const first = await this.#launch();
    this.#keeping = this.#keepRunning(first);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#child?.stop();
    await this.#keeping;
    // A restart that was under way when we were asked to stop.
    await this.#child?.stop();
  }

  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  async recycle(): Promise<void> {
    await this.#child?.stop();
  }

  async #launch(): Promise<Child> {
    await this.#component.prepare?.();
    const started = startChild(this.#component.command);
    this.#child = started;
    this.#watchers.onPid?.(this.name, started.pid);
    void started.exited.then(() => {
      if (this.#child !== started) return;
      this.#ready = false;
      this.#watchers.onPid?.(this.name, undefined);
    });
    await untilReady(this.#component, started);
    this.#ready = true;
    return started;
  }

  async #keepRunning(first: Child): Promise<void> {
    let failures = 0;
    for (let current: Child | undefined = first; current;) {
      const servedSince = performance.now();
      const exit = await current.exited;
      const endedAt = performance.now();
      if (endedAt - servedSince > FORGIVEN_AFTER_MS) failures = 0;

      current = undefined;
      for (let how = describe(exit); !current && !this.#stopping.signal.aborted;) {
        failures += 1;
        await this.#pause(how, restartDelayMs(failures));
        if (this.#stopping.signal.aborted) return;
        const outcome = await this.#launch().catch((error: unknown) => reasonOf(error));
        if (typeof outcome === 'string') how = firstLine(outcome);
        else current = outcome;
      }
      const downMs = Math.round(performance.now() - endedAt);
      if (current) this.#watchers.onEvent?.({ kind: 'restarted', name: this.name, downMs });
    }
  }

  async #pause(how: string, restartInMs: number): Promise<void> {
    this.#watchers.onEvent?.({ kind: 'ended', name: this.name, how, restartInMs });
    await sleep(restartInMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
  }
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
  return `${component.name} did not start: it ${problem}.\nThe end of its log (${logFile}):${tail.join('')}`;
}

/** The end of the log that follows it is in the log, and every attempt would repeat it. */
function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}

function describe(exit: Exit): string {
  if (exit.spawnError) return `could not be run (${exit.spawnError.message})`;
  return exit.signal ? `was ended by ${exit.signal}` : `ended with code ${exit.code}`;
}
