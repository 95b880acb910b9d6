import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { sourceFiles } from './source-files.ts';

/** Postgres's clocks. `clock.now()` and the declaration of a `now()` of our own are something else. */
const DATABASE_CLOCK =
  /(?<![.\w])(?:now\s*\(\s*\)(?!\s*[:{])|(?:clock|statement|transaction)_timestamp\s*\(|current_timestamp\b|localtimestamp\b)/i;
const COMMENT = /^\s*(--|\/\/|\*|\/\*)/;
const LEASE = /(--|\/\/) lease:/;

/**
 * Finds SQL that asks the database for the time. Time comes from a `Clock` and into SQL as a parameter, so that
 * tests can move it; leases alone are timed by the database, and such a line says so (`-- lease:` and why).
 * Returns a sentence for each line.
 */
export function checkSqlClock(root: string): string[] {
  return sourceFiles(root, 'packages', ['.ts', '.sql'])
    .filter((file) => !file.endsWith('.test.ts') && (file.includes('/src/') || file.includes('/migrations/')))
    .flatMap((file) => checkLines(file, readFileSync(join(root, file), 'utf8')));
}

/** The sentences about one file's text. */
export function checkLines(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    if (!DATABASE_CLOCK.test(line) || COMMENT.test(line) || LEASE.test(line)) return [];
    return [
      `${file}:${index + 1} asks the database for the time. Pass it in as a parameter from the Clock; ` +
        'if it is a lease, say so on the line: -- lease: <why>',
    ];
  });
}
