import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { registeredStatements, type Statement } from '@penstock/store/statement';

const ROOT = resolve(import.meta.dirname, '../../..');
/** Loading these starts them. */
const ENTRY_POINTS = /\/(main|seed-sandbox)\.ts$/;
const DECLARATION = /\bstatement(?:<[^()]*>)?\(\s*['`]([^'`]+)['`]/g;

/** Every named statement of the product, found by loading each module that declares one, beside what its source says. */
export async function everyStatement(): Promise<{ registered: Statement<unknown>[]; declared: string[] }> {
  const files = globSync(['packages/*/src/**/*.ts', 'services/*/src/**/*.ts'], { cwd: ROOT }).filter(
    (file) => !/(\.test|\.d)\.ts$|generated|services\/console/.test(file) && !ENTRY_POINTS.test(file),
  );
  const declaring = files.flatMap((file) => {
    const names = [...readFileSync(resolve(ROOT, file), 'utf8').matchAll(DECLARATION)].map(
      (match) => match[1] ?? '',
    );
    return names.length === 0 ? [] : [{ file, names }];
  });
  for (const { file } of declaring) await import(pathToFileURL(resolve(ROOT, file)).href);
  return { registered: registeredStatements(), declared: declaring.flatMap(({ names }) => names) };
}
