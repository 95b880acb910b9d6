import { claims } from './claims.ts';
import { coverage } from './coverage.ts';
import { freshness } from './freshness.ts';
import { icp } from './icp.ts';
import { imports } from './import.ts';
import { inboundEnrich } from './inbound-enrich.ts';
import { intake } from './intake.ts';
import { match } from './match.ts';
import { queue } from './queue.ts';
import { rescore } from './rescore.ts';
import { signals } from './signals.ts';
import { waterfall } from './waterfall.ts';

// `npm run bench -- NAME`; without a name it lists what there is.

const BENCHMARKS = [
  intake,
  freshness,
  queue,
  rescore,
  icp,
  claims,
  signals,
  match,
  waterfall,
  inboundEnrich,
  coverage,
  imports,
];
const print = (line: string) => void process.stdout.write(`${line}\n`);

const name = process.argv[2];
const benchmark = BENCHMARKS.find((one) => one.name === name);
if (!benchmark) {
  if (name !== undefined) print(`There is no benchmark "${name}".`);
  for (const one of BENCHMARKS) print(`  ${one.name.padEnd(14)} ${one.about}`);
  process.exitCode = name === undefined ? 0 : 2;
} else {
  const result = await benchmark.run((line) => print(`  ${line}`));
  const figures = Object.entries(result.figures).map(([key, value]) => `${key}=${value}`);
  print(
    `bench ${benchmark.name}: ${figures.join(' ')} floor=${result.floor} goal=${result.goal} ${result.verdict}`,
  );
  if (result.verdict === 'below floor') process.exitCode = 1;
}
