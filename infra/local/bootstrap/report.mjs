import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Its message is for the person at the terminal and says what to do. */
export class BootstrapError extends Error {}

/** Prints what is being done, and how long it took. */
export async function step(name, hint, work) {
  const startedAt = Date.now();
  process.stdout.write(`  ${name} …${hint ? ` (${hint})` : ''}\n`);
  const result = await work();
  process.stdout.write(`  ${name}: ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
  return result;
}

/**
 * Runs a command with its output in .penstock/logs/<log>.log only.
 * Throws BootstrapError with `remedy` and the end of that log if it fails.
 */
export async function runQuietly(root, log, remedy, command, args, options) {
  const file = join(root, '.penstock/logs', `${log}.log`);
  mkdirSync(dirname(file), { recursive: true });
  const output = createWriteStream(file);
  await new Promise((resolve) => output.once('open', resolve));
  const code = await new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', output, output] });
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (exitCode, signal) => resolve(exitCode ?? signal));
  });
  output.close();
  if (code === 0) return;
  const tail = readFileSync(file, 'utf8').trimEnd().split('\n').filter(isTelling).slice(-12);
  const lines = [
    `${command} ${args[0]} did not succeed (${code}). ${remedy}`,
    `The end of its log (${file}):`,
    ...tail.map((line) => `  ${line}`),
  ];
  throw new BootstrapError(lines.join('\n'));
}

/** npm reports settings of the user that it does not know; that is never why something failed. */
function isTelling(line) {
  return line.trim() !== '' && !/npm warn Unknown .*config/.test(line);
}
