import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import { openLog } from './log-file.ts';

export type Command = {
  command: string;
  args: string[];
  /** The whole environment: nothing else is inherited. */
  environment: Record<string, string>;
  cwd: string;
  /** Another system user to run as; only root may ask for it. */
  uid?: number | undefined;
  gid?: number | undefined;
  /** Output and errors go there, also when this process is gone. */
  logFile: string;
  /** Open a message channel: the child says `{ kind: 'ready' }`, and ends when the channel breaks. */
  channel?: boolean;
  /** How far it gives way to others on a busy machine: 0 (not at all, the default) to 19. */
  niceness?: number;
  /** How to ask it to end, politely first; SIGKILL follows by itself. */
  stop: { signal: NodeJS.Signals; timeoutMs: number }[];
};

export type Exit = { code: number | null; signal: NodeJS.Signals | null; spawnError?: Error };

export type Child = {
  /** Undefined if it could not be started at all; `exited` then says why. */
  readonly pid: number | undefined;
  readonly exited: Promise<Exit>;
  /** Resolves at the first `{ kind: 'ready' }`; never without a channel. */
  readonly saidReady: Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when it has ended; takes the sum of the time-outs at most, and an instant more. */
  stop(): Promise<void>;
};

/** Starts a process in a session of its own, so that Ctrl-C in the terminal reaches only us and we stop things in order. */
export function startChild(command: Command): Child {
  const log = openLog(command.logFile);
  const process = spawn(command.command, command.args, {
    cwd: command.cwd,
    env: command.environment,
    detached: true,
    stdio: command.channel ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
    ...(command.uid !== undefined && { uid: command.uid }),
    ...(command.gid !== undefined && { gid: command.gid }),
  });
  closeSync(log);

  if (command.niceness !== undefined && process.pid !== undefined) giveWay(process.pid, command.niceness);

  const exited = new Promise<Exit>((resolve) => {
    process.once('error', (spawnError) => resolve({ code: null, signal: null, spawnError }));
    process.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const saidReady = new Promise<void>((resolve) => {
    process.on('message', (message) => {
      if (typeof message === 'object' && 'kind' in message && message.kind === 'ready') resolve();
    });
  });

  const kill = (signal: NodeJS.Signals) => void process.kill(signal);
  return { pid: process.pid, exited, saidReady, kill, stop: () => stopChild({ exited, kill }, command.stop) };
}

/** On one machine whoever answers people goes first; a system that does not allow it only loses that. */
function giveWay(pid: number, niceness: number): void {
  try {
    setPriority(pid, niceness);
  } catch {
    // The process may have ended already.
  }
}

async function stopChild(child: Pick<Child, 'exited' | 'kill'>, ways: Command['stop']): Promise<void> {
  for (const { signal, timeoutMs } of ways) {
    child.kill(signal);
    if (await endsWithin(child.exited, timeoutMs)) return;
  }
  child.kill('SIGKILL');
  await child.exited;
}

/** True if `exited` settles within the time. */
async function endsWithin(exited: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const timer = new AbortController();
  const timedOut = sleep(timeoutMs, false, { signal: timer.signal, ref: true }).catch(() => false);
  const ended = await Promise.race([exited.then(() => true), timedOut]);
  timer.abort();
  return ended;
}
