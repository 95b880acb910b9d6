import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const GROUPS = ['packages', 'services', 'infra'];
const SINGLE = ['workflows', 'test'];
const NOT_SOURCES = new Set(['node_modules', 'dist', 'generated', '.turbo', 'histories']);

/** Folders of the workspace's packages. */
export function packageFolders(root) {
  const grouped = GROUPS.filter((group) => existsSync(join(root, group))).flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(root, group, name)),
  );
  return [...grouped, ...SINGLE.map((name) => join(root, name))].filter((folder) =>
    existsSync(join(folder, 'package.json')),
  );
}

/** Changes when what has to be installed changes. */
export function installStamp(root) {
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'].map((name) => join(root, name));
  const manifests = packageFolders(root).map((folder) => join(folder, 'package.json'));
  const hash = createHash('sha256').update(process.platform + process.arch);
  for (const file of [...files, ...manifests]) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

/** Changes when a source that something is built from may have changed: names, sizes and times, not contents. */
export function sourceStamp(root) {
  const hash = createHash('sha256');
  for (const name of ['turbo.json', 'tsconfig.base.json', 'pnpm-lock.yaml']) addFile(hash, join(root, name));
  for (const name of ['packages', 'services', 'workflows']) addFolder(hash, join(root, name));
  return hash.digest('hex');
}

function addFolder(hash, folder) {
  if (!existsSync(folder)) return;
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (NOT_SOURCES.has(entry.name) || entry.name.includes('.test.')) continue;
    if (entry.isDirectory()) addFolder(hash, join(folder, entry.name));
    else if (entry.isFile()) addFile(hash, join(folder, entry.name));
  }
}

function addFile(hash, file) {
  const stat = statSync(file);
  hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\n`);
}

export function isStamped(root, name, stamp) {
  const file = fileOf(root, name);
  return existsSync(file) && readFileSync(file, 'utf8') === stamp;
}

export function writeStamp(root, name, stamp) {
  mkdirSync(dirname(fileOf(root, name)), { recursive: true });
  writeFileSync(fileOf(root, name), stamp);
}

function fileOf(root, name) {
  return join(root, '.penstock/stamps', name);
}
