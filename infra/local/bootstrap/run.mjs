import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** npm passes SIGTERM to the shell between us and it, and that shell just ends: then we are handed to another parent. */
function endWithNpm(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 1_000);
  timer.unref();
}

/** For the figure on the screen: from the person's command on, not only from Node 24's. */
const STARTED_AT = Math.round(performance.timeOrigin);

/** Compiled code is kept, so that the next start does not parse everything again. */
function fasterStarts(root) {
  return { NODE_COMPILE_CACHE: join(root, '.penstock/cache/node') };
}

/** Runs the script on Node 24 in this terminal and passes signals on. Resolves with its exit code. */
export function runInNode24(root, environment, { isTool, target, args }) {
  const command = isTool ? join(root, 'node_modules/.bin', target) : 'node';
  const child = spawn(command, isTool ? args : [join(root, target), ...args], {
    cwd: root,
    env: { ...environment, ...fasterStarts(root), PENSTOCK_STARTED_AT: String(STARTED_AT) },
    // The channel tells the script when we are gone, however we went.
    stdio: isTool ? 'inherit' : ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  endWithNpm(() => child.kill('SIGTERM'));
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${command} could not be run: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
