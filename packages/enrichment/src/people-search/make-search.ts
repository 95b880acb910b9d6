import { SENIORITIES } from '@penstock/accounts/model/buying-role';
import { plainText } from '@penstock/kernel/contract';
import { newId } from '@penstock/kernel/ids';
import type { Tx } from '@penstock/store/tx';
import { z } from 'zod';

import { setLimit } from '../budget-statements.ts';
import { insertImport } from '../import-statements.ts';
import * as sql from './search-statements.ts';

export const MOST_ACCOUNTS = 5_000;
const MOST_PEOPLE = 25;

export const PersonaBody = z.object({
  name: plainText(60).pipe(z.string().min(1, 'is missing: give the persona a name')),
  titles: z
    .array(plainText(80).pipe(z.string().min(1, 'is empty')))
    .min(1, 'names no position')
    .max(10),
  seniorities: z.array(z.enum(SENIORITIES)).max(SENIORITIES.length).default([]),
  most: z.int().min(1).max(MOST_PEOPLE).default(3),
});
export const Personas = z.array(PersonaBody).min(1, 'names nobody').max(6);

export type SearchToMake = {
  name: string;
  provider: string;
  personas: z.output<typeof Personas>;
  accountIds: readonly string[];
  /** What all of it may cost; null for whatever other budgets leave. */
  limitMicros: number | null;
  /** Enrich whoever was found afterwards, for at most so much; null: not. */
  enrichMicros: number | null;
  teamId: string | null;
  campaignId: string | null;
  createdBy: string;
};

/** Writes a search over accounts, and the list that whoever is found makes; the workers go on from there. */
export async function makePeopleSearch(
  tx: Tx,
  search: SearchToMake,
  now: Date,
): Promise<{ id: string; importId: string }> {
  const id = newId(now);
  const importId = newId(now);
  await tx.rows(insertImport, importId, search.name, '{}', search.createdBy, now);
  await tx.rows(
    sql.insertSearch,
    id,
    search.name,
    search.provider,
    JSON.stringify(search.personas),
    importId,
    search.enrichMicros,
    search.teamId,
    search.campaignId,
    search.accountIds.length,
    search.createdBy,
    now,
  );
  await tx.rows(sql.insertSearchAccounts, id, search.accountIds);
  if (search.limitMicros !== null) await tx.rows(setLimit, newId(now), 'run', id, search.limitMicros);
  return { id, importId };
}
