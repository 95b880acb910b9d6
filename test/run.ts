import { resolve } from 'node:path';

import { sweepRuns } from '@penstock/infra-local/data-folder';
import { SetupError } from '@penstock/infra-local/setup-error';
import { onStopSignal } from '@penstock/infra-local/stop-signal';
import { startTestServers, type RunningServers } from '@penstock/testkit/test-servers';

import { broken, sum, summary, type Outcome } from './runner/outcome.ts';
import { endAllCommands } from './runner/run-command.ts';
import { chooseStages, inGroups, STAGES, type Stage } from './runner/stages.ts';
import { runStaticChecks } from './runner/static-checks.ts';
import { runVitestProject } from './runner/vitest-stage.ts';

const ROOT = resolve(import.meta.dirname, '..');
const print = (line: string) => void process.stdout.write(`${line}\n`);

/** `npm test`: every stage, whatever the earlier ones say; the last line counts all of them. */
async function main(stages: readonly Stage[]): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  let servers: RunningServers | undefined;
  let interrupted = false;
  onStopSignal(() => {
    interrupted = true;
    endAllCommands();
  });
  try {
    for (const group of inGroups(stages)) {
      if (interrupted) break;
      print(`  ${group.map((stage) => stage.name).join(', ')}`);
      if (group.some((stage) => stage.needs) && !servers) servers = await startServers(stages);
      outcomes.push(...(await Promise.all(group.map(timed))));
      print('');
    }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    outcomes.push(broken('test servers', error.message));
  } finally {
    await servers?.stop();
    // A stage that was ended hard could not stop the instances that its tests had started.
    await sweepRuns();
  }
  if (interrupted) outcomes.push(broken('the run', 'was interrupted'));
  return sum(outcomes);
}

async function startServers(stages: readonly Stage[]): Promise<RunningServers> {
  const temporal = stages.some((stage) => stage.needs === 'temporal');
  const servers = await startTestServers({
    temporal,
    onStep: (event) => event.kind === 'note' && print(`    ${event.step}: ${event.text}`),
  });
  const majors = Object.keys(servers.databases).map((major) => `Postgres ${major}`);
  print(`    (${[...majors, temporal && 'Temporal'].filter(Boolean).join(', ')} started for the tests)`);
  return servers;
}

async function timed(stage: Stage): Promise<Outcome> {
  const startedAt = performance.now();
  const outcome = await runStage(stage);
  print(`  ${stage.name}: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
  return outcome;
}

function runStage(stage: Stage): Promise<Outcome> {
  if (stage.name === 'static') return runStaticChecks(ROOT, print);
  return runVitestProject(ROOT, stage.name, stage.timeoutMs);
}

const stages = chooseStages(process.argv.slice(2));
if (stages) {
  const outcome = await main(stages);
  print(summary(outcome));
  process.exitCode = outcome.failures.length === 0 ? 0 : 1;
} else {
  print(`Usage: npm test [-- --only=${STAGES.map((stage) => stage.name).join(',')}]`);
  process.exitCode = 2;
}
