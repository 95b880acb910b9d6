import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import { startInstance } from '@penstock/infra-local/instance';

import { referenceDir } from '../walk/reference-dir.ts';
import { fireLine, walkUnderFire } from './walk-under-fire.ts';

// `npm run chaos -- NAME`; without a name it lists what there is.

const print = (line: string) => void process.stdout.write(`${line}\n`);
const ABOUT =
  'forms and filings while gateway, worker, Temporal, Postgres and simulators are killed (kill -9), three rounds';
const ROUNDS = 3;

const name = process.argv[2];
if (name !== 'walk') {
  if (name !== undefined) print(`There is no chaos run "${name}".`);
  print(`  walk         ${ABOUT}`);
  process.exitCode = name === undefined ? 0 : 2;
} else {
  await using instance = await startInstance({
    dataDir: await throwAwayDataDir('chaos-walk'),
    label: 'chaos walk',
    services: ['sandbox', 'gateway', 'worker'],
    seed: true,
    extraEnvironment: {
      ...referenceDir(),
      PENSTOCK_LOG_LEVEL: 'warn',
      PENSTOCK_FORM_LIMIT_PER_MINUTE: '100000',
    },
  });
  const report = await walkUnderFire(instance, ROUNDS, (line) => print(`  ${line}`));
  for (const line of report.lost) print(`  lost: ${line}`);
  for (const line of report.twice) print(`  twice: ${line}`);
  const ok = report.lost.length === 0 && report.twice.length === 0;
  print(`chaos walk: ${fireLine(report)} floor=lost=0,twice=0 goal=lost=0,twice=0 ${ok ? 'ok' : 'short'}`);
  if (!ok) process.exitCode = 1;
}
