import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where the real filings lie, for an instance's environment; empty where there are none. */
export function referenceDir(): Record<string, string> {
  const folder = process.env['PENSTOCK_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');
  return existsSync(folder) ? { PENSTOCK_DATA: folder } : {};
}
