import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { filesOf, namesOf, registered, withCases } from './templates.ts';

const read = (file: string) => readFileSync(join(import.meta.dirname, '..', file), 'utf8');

it('makes a folder, cases and the two entries that bring them under test', () => {
  const names = namesOf('acme-data');
  expect(names).toEqual({ id: 'acme-data', camel: 'acmeData', constant: 'ACME_DATA' });
  if (names === null) return;
  expect(Object.keys(filesOf(names))).toEqual([
    'acme-data/manifest.ts',
    'acme-data/request.ts',
    'acme-data/reply.ts',
    'acme-data/adapter.ts',
    'conformance/acme-data-cases.ts',
  ]);
  const registry = registered(read('registry.ts'), names);
  expect(registry).toContain("import { acmeData } from './acme-data/adapter.ts';");
  expect(registry).toContain('\n  acmeData,\n];');
  const cases = withCases(read('conformance/all-cases.ts'), names);
  expect(cases).toContain("import { acmeDataCases } from './acme-data-cases.ts';");
  expect(cases).toContain('\n  acmeDataCases,\n];');
});

it.each(['', 'Acme', 'acme_data', '-acme', '../acme', 'acme--data'])('refuses the name %j', (id) => {
  expect(namesOf(id)).toBeNull();
});
