import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

import { reasonOf, SetupError } from './setup-error.ts';
import { buildTemporal } from './temporal-build.ts';
import { downloadTemporal } from './temporal-download.ts';
import { cacheFolder, temporalRelease } from './temporal-release.ts';

export type TemporalBinaries = { server: string; sqlTool: string };

/**
 * The Temporal server and its SQL tool: on PATH, in our cache, downloaded, or built; in this order.
 * `note` hears what is being done where it takes long.
 * @throws SetupError `temporal_unavailable` telling every way that was tried and what would help.
 */
export async function findTemporal(note: (text: string) => void): Promise<TemporalBinaries> {
  const release = temporalRelease();
  const folder = cacheFolder(release.version);
  const known = onPath(process.env['PATH'] ?? '') ?? inFolder(folder);
  if (known) return known;

  note(`downloading Temporal ${release.version} (about 100 MB)`);
  const download = await attempt(() => downloadTemporal(release, folder));
  if (download === undefined) return binariesIn(folder);
  note(`no download (${download})`);

  const build = await attempt(() => buildTemporal(release, folder, note));
  if (build === undefined) return binariesIn(folder);
  throw unavailable(release.version, download, build);
}

/** Undefined if it went well, else the reason. */
async function attempt(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

function onPath(path: string): TemporalBinaries | undefined {
  const server = firstExecutable(path, 'temporal-server');
  const sqlTool = firstExecutable(path, 'temporal-sql-tool');
  return server && sqlTool ? { server, sqlTool } : undefined;
}

function firstExecutable(path: string, name: string): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => isExecutable(file));
}

function inFolder(folder: string): TemporalBinaries | undefined {
  const found = binariesIn(folder);
  return isExecutable(found.server) && isExecutable(found.sqlTool) ? found : undefined;
}

function binariesIn(folder: string): TemporalBinaries {
  return { server: join(folder, 'temporal-server'), sqlTool: join(folder, 'temporal-sql-tool') };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function unavailable(version: string, download: string, build: string): SetupError {
  return new SetupError(
    'temporal_unavailable',
    [
      `There is no way to get the Temporal server ${version}:`,
      '  TEMPORAL_ADDRESS is not set, and PATH has no temporal-server with temporal-sql-tool;',
      `  the download failed: ${download};`,
      `  the build failed: ${build}.`,
      'Any one of these helps: set TEMPORAL_ADDRESS=host:port to a server you run, put both binaries on PATH,',
      'set PENSTOCK_TEMPORAL_DOWNLOAD_BASE to a mirror of the releases, or install Go and start again.',
    ].join('\n'),
  );
}
