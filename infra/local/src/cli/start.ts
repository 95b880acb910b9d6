import { deleteData } from '../data-folder.ts';
import { startInstance } from '../instance.ts';
import type { PortName } from '../instance-options.ts';
import { endOrphans } from '../instance-record.ts';
import { assertNotRunning } from '../lock.ts';
import { START_DATA_DIR } from '../paths.ts';
import { isPortFree } from '../ports.ts';
import { SetupError } from '../setup-error.ts';
import { onStopSignal } from '../stop-signal.ts';
import type { SupervisorEvent } from '../supervisor.ts';
import { printProgress } from './progress.ts';
import { startScreen } from './screen.ts';
import { readStartFlags } from './start-flags.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** `npm start`: everything on this machine until Ctrl-C. */
async function main(): Promise<void> {
  const flags = readStartFlags(process.argv.slice(2), process.env);
  const interrupted = new AbortController();
  const stopped = new Promise<void>((resolve) =>
    interrupted.signal.addEventListener('abort', () => resolve()),
  );
  onStopSignal(() => interrupted.abort());

  await clearTheWay(flags.fresh);
  const databaseUrl = process.env['DATABASE_URL'];
  const instance = await startInstance({
    dataDir: START_DATA_DIR,
    label: 'npm start',
    ports: await portsFrom(flags.port),
    services: ['sandbox', 'gateway', 'worker'],
    seed: true,
    // Whoever opens it sees something happen.
    extraEnvironment: { PENSTOCK_SANDBOX_NEWS_AFTER_S: '20' },
    databaseUrl,
    temporalAddress: process.env['TEMPORAL_ADDRESS'],
    onStep: printProgress(print),
    onEvent: (event) => print(describe(event)),
    signal: interrupted.signal,
    keep: true,
  });
  const sinceBootstrap = Number(process.env['PENSTOCK_STARTED_AT'] ?? Date.now() - performance.now());
  print(
    startScreen(instance, { durationMs: Date.now() - sinceBootstrap, databaseGiven: Boolean(databaseUrl) }),
  );

  await stopped;
  print('Stopping: no new work is taken, what has begun is finished.');
  await instance.stop();
  print('Stopped. The data stays; npm start goes on with it.');
}

/** What an earlier start left running would hold the ports; with `--fresh` its data goes too. */
async function clearTheWay(fresh: boolean): Promise<void> {
  assertNotRunning(START_DATA_DIR);
  const orphans = await endOrphans(START_DATA_DIR);
  if (orphans.length > 0) print(`  ended what an earlier start had left running: ${orphans.join(', ')}`);
  if (!fresh) return;
  deleteData(START_DATA_DIR);
  print('  the data of earlier starts is deleted (--fresh)');
}

/** Fixed ones where people look; Postgres and Temporal move aside if theirs is taken. */
async function portsFrom(first: number): Promise<Partial<Record<PortName, number>>> {
  const aside: Partial<Record<PortName, number>> = {};
  for (const [name, port] of [
    ['postgres', first + 20],
    ['temporal', first + 21],
  ] as const) {
    if (await isPortFree(port)) aside[name] = port;
  }
  return { gateway: first, sandbox: first + 10, sandboxSmtp: first + 11, ...aside };
}

function describe(event: SupervisorEvent): string {
  if (event.kind === 'restarted') return `  ✓ ${event.name} is back (${(event.downMs / 1_000).toFixed(1)} s)`;
  return `  ✗ ${event.name}: ${event.how}; started again in ${(event.restartInMs / 1_000).toFixed(1)} s`;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = error.code === 'interrupted' ? 130 : 1;
}
