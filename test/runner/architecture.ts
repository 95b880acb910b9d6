import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';

import {
  isAllowed,
  librariesOf,
  packageOf,
  readArchitecture,
  shortName,
  type ArchitectureTable,
} from './architecture-table.ts';
import { importsOf, type Import } from './imports.ts';
import { sourceFiles } from './source-files.ts';

const FOLDERS = ['packages', 'services', 'workflows', 'infra', 'test'];

/** Compares every real import of the workspace with architecture.json. Returns a sentence for each wrong one. */
export function checkArchitecture(root: string): string[] {
  const table = readArchitecture(root);
  return FOLDERS.flatMap((folder) => sourceFiles(root, folder, ['.ts', '.tsx'])).flatMap((file) =>
    checkFile(table, file, readFileSync(join(root, file), 'utf8')),
  );
}

/** The sentences about one file; `file` is its path from the root. */
export function checkFile(table: ArchitectureTable, file: string, source: string): string[] {
  const home = packageOf(table, file);
  if (home === undefined) {
    return [`${file}: its folder is not in architecture.json. Add it there with what it may import.`];
  }
  return importsOf(file, source).flatMap((one) => {
    const problem = problemOf(table, home, file, one);
    return problem === undefined ? [] : [`${file}:${one.line} imports ${one.specifier}: ${problem}`];
  });
}

function problemOf(table: ArchitectureTable, home: string, file: string, one: Import): string | undefined {
  const { specifier } = one;
  if (specifier.startsWith('.')) return leavesHome(home, file, specifier) ?? pureProblem(table, file, one);
  if (!specifier.startsWith('@penstock/'))
    return outsideProblem(table, home, specifier) ?? pureProblem(table, file, one);
  return workspaceProblem(table, home, file, one) ?? pureProblem(table, file, one);
}

function leavesHome(home: string, file: string, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(file), specifier);
  if (target.startsWith(`${home}/`)) return undefined;
  return 'a relative path may not leave its package. Import it by name (@penstock/<package>/<file>) if the table allows that.';
}

function workspaceProblem(
  table: ArchitectureTable,
  home: string,
  file: string,
  one: Import,
): string | undefined {
  const target = one.specifier.slice('@penstock/'.length);
  const name = target.split('/')[0] ?? '';
  const own = shortName(home);
  if (name === own) return undefined;
  const allowed = [
    ...(table.packages[home] ?? []),
    ...(one.typeOnly ? (table.typesOnly[home] ?? []) : []),
    ...(isTest(file) ? table.inTests : []),
  ];
  return isAllowed(allowed, target, librariesOf(table))
    ? undefined
    : `${own} may not know ${name}. ${remedy(table, home, name)}`;
}

/** What to do instead depends on who wants what. */
function remedy(table: ArchitectureTable, home: string, name: string): string {
  const own = shortName(home);
  const targetFolder = Object.keys(table.packages).find((folder) => shortName(folder) === name);
  if (targetFolder === undefined)
    return `There is no package "${name}" in architecture.json: correct the name or add it.`;
  if (targetFolder.startsWith('services/'))
    return 'Services are on top: move what is needed down into a package.';
  if (isAllowed(table.packages[targetFolder] ?? [], own, librariesOf(table))) {
    return `${name} comes after ${own} and builds on it: declare a port in ${own}, implement it in ${name}, and let the service wire it; or move this code to ${name}.`;
  }
  const ports = (table.packages[home] ?? []).filter((entry) => entry.endsWith('-port'));
  if (ports.length > 0)
    return `An adapter knows only the port it implements (${ports.join(', ')}) and kernel: put what it needs into the port.`;
  return `Its list in architecture.json is: ${(table.packages[home] ?? []).join(', ') || 'nothing'}. Move the code to where both are known, or pass in what is needed.`;
}

function outsideProblem(table: ArchitectureTable, home: string, specifier: string): string | undefined {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const homes = table.outside[name];
  if (homes === undefined || homes.includes(home)) return undefined;
  return `only ${homes.join(', ')} may use ${name}. Use what they export, or take it as an argument.`;
}

/** Rules without input and output: their files are tested without a database, a clock or a network. */
function pureProblem(table: ArchitectureTable, file: string, one: Import): string | undefined {
  const { folder, workspace, valuesForbidden, nodeForbidden } = table.pureRooms;
  if (
    !/^packages\/[^/]+\/src\//.test(file) ||
    !file.includes(`/src/${folder}/`) ||
    isTest(file) ||
    one.typeOnly
  )
    return undefined;
  const { specifier } = one;
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    if (target.includes(`/src/${folder}/`) || target.endsWith('/contracts.ts')) return undefined;
  } else if (specifier.startsWith('@penstock/')) {
    if (isAllowed(workspace, specifier.slice('@penstock/'.length), librariesOf(table))) return undefined;
  } else if (isBuiltin(specifier)) {
    if (!nodeForbidden.includes(specifier.replace(/^node:/, '').split('/')[0] ?? '')) return undefined;
  } else if (!valuesForbidden.includes(specifier)) {
    return undefined;
  }
  return `${folder}/ holds pure rules: no store, no zod value, no input or output. Import the type only, or move this to operations/.`;
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}

function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || file.startsWith('test/');
}
