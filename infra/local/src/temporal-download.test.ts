import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { folderForTest } from './folder-for-test.ts';
import { downloadTemporal } from './temporal-download.ts';
import { temporalRelease } from './temporal-release.ts';

/** An archive as the project publishes them: the binaries at its top, among others. */
function releaseArchive(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-archive-'));
  for (const name of ['temporal-server', 'temporal-sql-tool', 'tdbg']) {
    writeFileSync(join(folder, name), `#!/bin/sh\necho ${name}\n`);
  }
  execFileSync('tar', ['-czf', 'a.tar.gz', 'temporal-server', 'temporal-sql-tool', 'tdbg'], { cwd: folder });
  const packed = readFileSync(join(folder, 'a.tar.gz'));
  rmSync(folder, { recursive: true });
  return packed;
}

type Served = { archive?: Buffer; cutAt?: number; checksum?: string };

/** A release page on loopback that may lie about its archive, cut it short, or not have it. */
async function releasePage(served: Served) {
  const { archiveName } = temporalRelease();
  const server = createServer((request, response) => {
    const { archive } = served;
    if (request.url?.endsWith('/checksums.txt')) {
      response.end(`${'0'.repeat(64)}  another.tar.gz\n${served.checksum ?? ''}  ${archiveName}\n`);
    } else if (archive && request.url?.endsWith(`/${archiveName}`)) {
      response.writeHead(200, { 'content-length': archive.length });
      if (served.cutAt === undefined) response.end(archive);
      else response.write(archive.subarray(0, served.cutAt), () => response.destroy());
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const parent = folderForTest('cache');
  const folder = join(parent, 'cache', temporalRelease().version);
  mkdirSync(join(parent, 'cache'));
  return {
    folder,
    leftOver: () => readdirSync(join(parent, 'cache')),
    download: () => downloadTemporal(temporalRelease(`http://127.0.0.1:${port}/`), folder),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const archive = releaseArchive();
const checksum = createHash('sha256').update(archive).digest('hex');

it('installs both binaries of an archive whose checksum is right', async () => {
  await using page = await releasePage({ archive, checksum });
  await page.download();
  const said = execFileSync(join(page.folder, 'temporal-server'), { encoding: 'utf8' });
  expect(said).toBe('temporal-server\n');
  expect(readdirSync(page.folder).toSorted()).toEqual(['temporal-server', 'temporal-sql-tool']);
  expect(page.leftOver()).toEqual([temporalRelease().version]);
});

it.each<[string, Served, string]>([
  ['a wrong checksum', { archive, checksum: 'f'.repeat(64) }, 'it is not used'],
  ['no checksum for the archive', { archive }, 'names no SHA-256'],
  ['an archive cut short', { archive, checksum, cutAt: 40 }, ''],
  ['a missing archive', { checksum }, 'answered 404'],
])('refuses %s and leaves nothing behind', async (_case, served, message) => {
  await using page = await releasePage(served);
  await expect(page.download()).rejects.toMatchObject({
    name: 'DownloadError',
    message: expect.stringContaining(message),
  });
  expect(existsSync(page.folder)).toBe(false);
  expect(page.leftOver()).toEqual([]);
});

it('keeps what was installed before when a later download fails', async () => {
  await using good = await releasePage({ archive, checksum });
  await good.download();
  await using bad = await releasePage({ archive, checksum: 'f'.repeat(64) });
  await expect(downloadTemporal(temporalRelease('http://127.0.0.1:9/'), good.folder)).rejects.toThrow();
  await expect(bad.download()).rejects.toThrow();
  expect(existsSync(join(good.folder, 'temporal-server'))).toBe(true);
});
