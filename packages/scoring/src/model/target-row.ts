/** A line of a file of target accounts: a company by its web address or its name. */

import { registrableDomain } from '@penstock/accounts/model/domain-name';
import { guessColumns } from '@penstock/enrichment/model/import-columns';

export const TARGET_FIELDS = ['domain', 'company', 'country'] as const;
export type TargetField = (typeof TARGET_FIELDS)[number];
export type TargetRow = Partial<Record<TargetField, string>>;
export type Target = { name: string; domain: string | null; country: string | null };

const MOST_CHARACTERS = 300;

/** The company of a row, or why there is none. A web address may be written as one. */
export function readTarget(row: TargetRow): { target: Target } | { reason: string } {
  const cell = (field: TargetField): string => (row[field] ?? '').trim().replaceAll(/\s+/g, ' ');
  const long = TARGET_FIELDS.find((field) => cell(field).length > MOST_CHARACTERS);
  if (long) return { reason: `${long} is longer than ${MOST_CHARACTERS} characters` };
  const domain = cell('domain') === '' ? null : registrableDomain(cell('domain'));
  if (cell('domain') !== '' && domain === null) return { reason: `"${cell('domain')}" is not a web address` };
  const name = cell('company') || (domain ?? '');
  if (name === '') return { reason: 'names no company: neither a web address nor a name' };
  if (!/[\p{L}\p{N}]/u.test(name)) return { reason: `"${name}" is not the name of a company` };
  const country = /^[a-z]{2}$/i.test(cell('country')) ? cell('country').toUpperCase() : null;
  return { target: { name, domain, country } };
}

const looksLikeDomain = (cell: string): boolean =>
  /^\S+\.\S+$/.test(cell.trim()) && registrableDomain(cell) !== null;

/** Whether a first line names columns: a line with a web address in it is a company already. */
export const namesTargetColumns = (cells: readonly string[]): boolean =>
  !cells.some(looksLikeDomain) && guessColumns(cells, {}).some((field) => field !== null);

/** What each column most likely holds: as somebody chose it before, else by its name, else by what stands in it. */
export function guessTargetColumns(
  names: readonly string[],
  samples: readonly (readonly string[])[],
  remembered: Readonly<Record<string, string>> = {},
): (TargetField | null)[] {
  const byName = guessColumns(names, remembered).map((field): TargetField | null => {
    if (field === 'full_name') return 'company';
    return TARGET_FIELDS.find((one) => one === field) ?? null;
  });
  const first = (field: TargetField) => byName.indexOf(field);
  const guessed = byName.map((field, at) => (field !== null && first(field) === at ? field : null));
  if (guessed.includes('domain') || guessed.includes('company')) return guessed;
  const domains = names.findIndex((_, at) => samples.some((cells) => looksLikeDomain(cells[at] ?? '')));
  if (domains !== -1) return guessed.with(domains, 'domain');
  return names.length === 1 ? ['company'] : guessed;
}

/** Why companies can't be found by these columns, or null. */
export const missingTargetColumns = (columns: readonly (TargetField | null)[]): string | null =>
  columns.includes('domain') || columns.includes('company')
    ? null
    : 'Choose the column of the web address, or that of the company: without them nobody can be recognised.';
