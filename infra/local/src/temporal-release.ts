import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE_DIR, REPOSITORY } from './paths.ts';

export type TemporalRelease = {
  version: string;
  archiveUrl: string;
  checksumsUrl: string;
  archiveName: string;
  goModules: Record<BinaryName, string>;
};

export type BinaryName = 'temporal-server' | 'temporal-sql-tool';
export const BINARY_NAMES: readonly BinaryName[] = ['temporal-server', 'temporal-sql-tool'];

type Pin = {
  version: string;
  downloadBase: string;
  archive: string;
  checksums: string;
  goModules: Record<BinaryName, string>;
};

/** The pinned server release for this machine; `PENSTOCK_TEMPORAL_DOWNLOAD_BASE` names a mirror of the release page. */
export function temporalRelease(base = process.env['PENSTOCK_TEMPORAL_DOWNLOAD_BASE']): TemporalRelease {
  const pin = JSON.parse(readFileSync(join(REPOSITORY, 'infra/temporal/release.json'), 'utf8')) as Pin;
  const fill = (template: string) =>
    template
      .replaceAll('{version}', pin.version)
      .replaceAll('{os}', process.platform)
      .replaceAll('{arch}', process.arch === 'x64' ? 'amd64' : process.arch);
  const from = (base || pin.downloadBase).replace(/\/$/, '');
  const archiveUrl = `${from}/${fill(pin.archive)}`;
  return {
    version: pin.version,
    archiveUrl,
    checksumsUrl: `${from}/${fill(pin.checksums)}`,
    archiveName: archiveUrl.slice(archiveUrl.lastIndexOf('/') + 1),
    goModules: pin.goModules,
  };
}

/** Where the binaries of a version are kept once they were downloaded or built. */
export function cacheFolder(version: string): string {
  return join(CACHE_DIR, 'temporal', version);
}
