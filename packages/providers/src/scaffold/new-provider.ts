import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { filesOf, namesOf, registered, withCases } from './templates.ts';

const SOURCE = join(import.meta.dirname, '..');

const names = namesOf(process.argv[2] ?? '');
if (names === null)
  stop('Say which vendor: npm run new:provider -- acme-data (lower case, words joined by hyphens).');
if (existsSync(join(SOURCE, names.id))) stop(`packages/providers/src/${names.id} is there already.`);

for (const [file, text] of Object.entries(filesOf(names))) write(file, text);
write('registry.ts', registered(read('registry.ts'), names));
write('conformance/all-cases.ts', withCases(read('conformance/all-cases.ts'), names));
process.stdout
  .write(`packages/providers/src/${names.id} is made, and registered. Its tests fail until it is true:
  npm run check
docs/providers.md says what comes next.
`);

function stop(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

function read(file: string): string {
  return readFileSync(join(SOURCE, file), 'utf8');
}

function write(file: string, text: string): void {
  const path = join(SOURCE, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  process.stdout.write(`  ${file}\n`);
}
