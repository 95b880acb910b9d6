import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { BootstrapError, runQuietly, step } from './report.mjs';

const NETWORK_REMEDY =
  'If the package registry could not be reached: check the network or the proxy settings of npm, then run the same command again.';

/**
 * Node 24 (unless this process is one already) and pnpm in .penstock/toolchain.
 * Returns the environment in which both are found first.
 */
export async function ensureToolchain(root) {
  const versions = wantedVersions(root);
  const folder = join(root, '.penstock/toolchain');
  const bin = join(folder, 'node_modules/.bin');
  const ownNode = Number(process.versions.node.split('.')[0]) >= 24;
  const wanted = [...(ownNode ? [] : [`node@${versions.node}`]), `pnpm@${versions.pnpm}`];

  if (!isInPlace(bin, ownNode, versions)) {
    await step(wanted.join(' and '), 'a download of about 60 MB, once', () => install(root, folder, wanted));
    if (!isInPlace(bin, ownNode, versions)) {
      throw new BootstrapError(
        `${wanted.join(' and ')} were installed into ${folder} but do not answer with these versions. ` +
          'Delete that folder and run the same command again; npm must be allowed to run install scripts.',
      );
    }
  }
  const first = ownNode ? [dirname(process.execPath), bin] : [bin];
  return { ...process.env, PATH: [...first, process.env.PATH].join(delimiter) };
}

/** The repository names both for other tools as well: .node-version, and packageManager in package.json. */
function wantedVersions(root) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return {
    node: readFileSync(join(root, '.node-version'), 'utf8').trim(),
    pnpm: packageManager.split('@')[1],
  };
}

async function install(root, folder, wanted) {
  mkdirSync(folder, { recursive: true });
  // A package.json of its own keeps npm from climbing up to the workspace.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const flags = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts=false'];
  await runQuietly(
    root,
    'toolchain',
    NETWORK_REMEDY,
    'npm',
    ['install', `--prefix=${folder}`, ...flags, ...wanted],
    {
      cwd: folder,
    },
  );
}

function isInPlace(bin, ownNode, versions) {
  if (!ownNode && answer(join(bin, 'node')) !== `v${versions.node}`) return false;
  return answer(join(bin, 'pnpm')) === versions.pnpm;
}

function answer(command) {
  if (!existsSync(command)) return '';
  try {
    return execFileSync(command, ['--version'], {
      cwd: '/',
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return ''; // half installed
  }
}
