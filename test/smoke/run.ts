import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import { startInstance } from '@penstock/infra-local/instance';
import { buildWorld } from '@penstock/sandbox/world/build-world';

import { signInToConsole } from '../walk/console-client.ts';
import { walkFiling } from '../walk/filing-walk.ts';
import { walkForm } from '../walk/form-walk.ts';
import { referenceDir } from '../walk/reference-dir.ts';
import { seconds } from '../walk/waiting.ts';

// `npm run smoke`: a throw-away instance walks both paths through the public interfaces.

const say = (line: string) => void process.stdout.write(`  ${line}\n`);
const startedAt = performance.now();

try {
  await using instance = await startInstance({
    dataDir: await throwAwayDataDir('smoke'),
    label: 'smoke',
    services: ['sandbox', 'gateway', 'worker'],
    seed: true,
    extraEnvironment: referenceDir(),
  });
  const readyMs = performance.now() - startedAt;
  say(`instance ready after ${seconds(readyMs)}`);
  const admin = instance.seeded?.signIns.find((one) => one.role === 'admin');
  if (!admin || !instance.seeded) throw new Error('the sandbox was not seeded');
  const console_ = await signInToConsole(instance.publicUrl, admin);
  const form = await walkForm(console_, instance.seeded.formUrl, buildWorld(), say);
  const filing = await walkFiling(console_, say);
  say(
    `resident memory: ${Object.entries(instance.residentBytes())
      .map(([name, bytes]) => `${name} ${Math.round(bytes / 1e6)} MB`)
      .join(', ')}`,
  );
  process.stdout.write(
    `smoke: ok ready=${seconds(readyMs)} mail=${seconds(form.mailMs)} queue=${seconds(form.queueMs)} enriched=${seconds(form.enrichedMs)} filing=${seconds(filing.signalMs)}\n`,
  );
} catch (error) {
  process.stdout.write(`smoke: failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
