import type { Tx } from '@penstock/store/tx';

import type { FoundRow } from './model/found-people.ts';
import type { SearchAccount } from './search-people.ts';
import { takeRows, type TakenRow } from './take-rows.ts';

/** People that a vendor named at an account, into a list; each of their values names the call that it was paid with. */
export async function takeFoundRows(
  tx: Tx,
  found: {
    importId: string;
    account: Pick<SearchAccount, 'name' | 'domain'>;
    rows: readonly FoundRow[];
    provider: string;
    ledgerId: string;
  },
  now: Date,
): Promise<{ created: number; known: number; refused: number }> {
  const { importId, account, rows, provider, ledgerId } = found;
  const about = { company: account.name, ...(account.domain !== null && { domain: account.domain }) };
  const lines = rows.map((row, at) => ({ line: at + 1, row: { ...row, ...about } }));
  const taken = await takeRows(tx, importId, lines, now, { provider, ledgerId, joins: true });
  const count = (outcome: TakenRow['outcome']) => taken.filter((row) => row.outcome === outcome).length;
  return { created: count('created'), known: count('known'), refused: count('refused') };
}
