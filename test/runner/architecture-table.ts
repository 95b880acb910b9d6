import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type ArchitectureTable = {
  /** Folder of a package → what of the workspace it may import. */
  packages: Record<string, string[]>;
  /** On top of that, as types. */
  typesOnly: Record<string, string[]>;
  /** On top of that, in test files. */
  inTests: string[];
  /** Outside package → folders that may import it; others don't know it. */
  outside: Record<string, string[]>;
  pureRooms: { folder: string; workspace: string[]; valuesForbidden: string[]; nodeForbidden: string[] };
};

/** Reads architecture.json. */
export function readArchitecture(root: string): ArchitectureTable {
  return JSON.parse(readFileSync(join(root, 'architecture.json'), 'utf8')) as ArchitectureTable;
}

/** The package of the table that a file belongs to; undefined for files at the root. */
export function packageOf(table: ArchitectureTable, file: string): string | undefined {
  return Object.keys(table.packages).find((folder) => file.startsWith(`${folder}/`));
}

/** The short name by which a package is imported: `packages/enrichment` → `enrichment`, `infra/local` → `infra-local`. */
export function shortName(folder: string): string {
  return folder.startsWith('infra/') ? folder.replace('/', '-') : (folder.split('/').at(-1) ?? folder);
}

/**
 * True if `target` (`enrichment/provider-port`) is allowed by one of the entries: a package, a file of it, or `*`
 * for every package under packages/.
 */
export function isAllowed(entries: readonly string[], target: string, libraries: readonly string[]): boolean {
  const [name = '', ...rest] = target.split('/');
  const path = rest.join('/');
  return entries.some((entry) => {
    const [entryName = '', ...entryRest] = entry.split('/');
    if (entryName === '*' ? !libraries.includes(name) : entryName !== name) return false;
    const wanted = entryRest.join('/');
    if (wanted === '') return true;
    return wanted.endsWith('/*') ? path.startsWith(wanted.slice(0, -1)) : path === wanted;
  });
}

/** Short names of the packages under packages/: what `*` stands for. */
export function librariesOf(table: ArchitectureTable): string[] {
  return Object.keys(table.packages)
    .filter((folder) => folder.startsWith('packages/'))
    .map(shortName);
}
