import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { folderForTest } from '@penstock/infra-local/folder-for-test';

import { checkArchitecture, checkFile } from './architecture.ts';
import { readArchitecture } from './architecture-table.ts';

const table = readArchitecture(resolve(import.meta.dirname, '../..'));
const check = (file: string, source: string) => checkFile(table, file, source);

describe('checkFile', () => {
  it('says what to do instead when an earlier slice wants to know a later one', () => {
    expect(
      check('packages/signals/src/record.ts', `\nimport { rescore } from '@penstock/scoring/rescore';`),
    ).toEqual([
      'packages/signals/src/record.ts:2 imports @penstock/scoring/rescore: signals may not know scoring. ' +
        'scoring comes after signals and builds on it: declare a port in signals, implement it in scoring, ' +
        'and let the service wire it; or move this code to scoring.',
    ]);
  });

  it.each([
    ['packages/scoring/src/a.ts', `import { x } from '@penstock/signals/record'`],
    [
      'packages/providers/src/hunter/provider.ts',
      `import type { Port } from '@penstock/enrichment/provider-port'`,
    ],
    ['packages/store/src/a.ts', `import pg from 'pg'`],
    ['packages/scoring/src/model/decay.ts', `import type { Signal } from '@penstock/signals/record'`],
    [
      'packages/scoring/src/model/decay.ts',
      `import { halve } from './halve.ts'; import { invariant } from '@penstock/kernel/invariant'`,
    ],
    ['packages/scoring/src/score.test.ts', `import { testDatabase } from '@penstock/testkit/database'`],
    ['services/console/src/a.ts', `import type { AppRouter } from '@penstock/gateway/router'`],
    ['services/worker/src/a.ts', `import { answerLead } from '@penstock/workflows/answer-lead/workflow'`],
  ])('lets %s pass: %s', (file, source) => {
    expect(check(file, source)).toEqual([]);
  });

  it.each([
    [
      'an adapter that looks behind the port',
      'packages/providers/src/a.ts',
      `import { plan } from '@penstock/enrichment/plan'`,
      'knows only the port',
    ],
    [
      'a floor package that knows a slice',
      'packages/store/src/a.ts',
      `export { x } from '@penstock/accounts/x'`,
      'declare a port in store',
    ],
    [
      'anybody who imports a service',
      'packages/pipeline/src/a.ts',
      `import '@penstock/gateway/app'`,
      'Services are on top',
    ],
    [
      'the console that runs the gateway',
      'services/console/src/a.ts',
      `import { app } from '@penstock/gateway/app'`,
      'Services are on top',
    ],
    [
      'undici outside of http',
      'packages/providers/src/a.ts',
      `import { fetch } from 'undici'`,
      'only packages/http, test may use undici',
    ],
    [
      'a relative way into another package',
      'packages/scoring/src/a.ts',
      `import { x } from '../../signals/src/x.ts'`,
      'may not leave its package',
    ],
    [
      'a dynamic import',
      'packages/kernel/src/a.ts',
      `const x = await import('@penstock/store/tx')`,
      'kernel may not know store',
    ],
    [
      'a rule that reads the store',
      'packages/scoring/src/model/a.ts',
      `import { tx } from '@penstock/store/tx'`,
      'model/ holds pure rules',
    ],
    [
      'a rule that reads files',
      'packages/scoring/src/model/a.ts',
      `import { readFileSync } from 'node:fs'`,
      'model/ holds pure rules',
    ],
    [
      'a rule that parses',
      'packages/scoring/src/model/a.ts',
      `import { z } from 'zod'`,
      'model/ holds pure rules',
    ],
    [
      'a rule that calls an operation',
      'packages/scoring/src/model/a.ts',
      `import { x } from '../operations/x.ts'`,
      'model/ holds pure rules',
    ],
    [
      'a package that nobody knows',
      'packages/scoring/src/a.ts',
      `import { x } from '@penstock/helpers/x'`,
      'There is no package "helpers"',
    ],
    ['a folder that is not in the table', 'packages/billing/src/a.ts', '', 'is not in architecture.json'],
  ])('refuses %s', (_what, file, source, sentence) => {
    expect(check(file, source)).toEqual([expect.stringContaining(sentence)]);
  });
});

it('finds a wrong import planted in a tree of files', () => {
  const root = folderForTest('architecture');
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const folder of ['packages', 'services', 'workflows', 'infra', 'test']) mkdirSync(join(root, folder));
  write('architecture.json', JSON.stringify(table));
  write('packages/accounts/src/match.ts', `import { move } from '@penstock/pipeline/move-deal';`);
  write('packages/accounts/src/generated/skipped.ts', `import { x } from '@penstock/pipeline/x';`);
  expect(checkArchitecture(root)).toEqual([
    expect.stringContaining('packages/accounts/src/match.ts:1 imports'),
  ]);
});
