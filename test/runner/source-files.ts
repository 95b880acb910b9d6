import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const NOT_SOURCES = new Set([
  'node_modules',
  'dist',
  'generated',
  '.turbo',
  '.git',
  '.penstock',
  'histories',
]);

/** Paths (relative to `root`, with `/`) of the files below `folder` that end in one of `endings`. */
export function sourceFiles(root: string, folder: string, endings: readonly string[]): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_SOURCES.has(entry.name)) return [];
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourceFiles(root, path, endings);
    return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
  });
}
