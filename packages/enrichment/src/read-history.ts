import { lowestIdAt } from '@penstock/kernel/ids';
import type { Tx } from '@penstock/store/tx';

import { readAnswerParts, readCallCounts, readValueQualities } from './history-statements.ts';
import type { CallRates, History } from './model/rates.ts';
import { WANTED_FIELDS } from './provider-port.ts';

/** Older calls say little of what a provider knows today. */
export const HISTORY_DAYS = 180;
const DAY_MS = 86_400_000;

/** What this workspace's own calls say of its providers, over the last half year. */
export async function readHistory(tx: Tx, now: Date): Promise<History> {
  const since = lowestIdAt(new Date(now.getTime() - HISTORY_DAYS * DAY_MS));
  const rates = new Map<string, CallRates>();
  for (const row of await tx.rows(readCallCounts, since)) {
    const rate = rateOf(rates, row);
    const share = { hits: row.hits, of: row.answered };
    if (row.first) rate.first = share;
    else rate.later = share;
    rate.chargedOnHitMicros += row.chargedOnHitMicros;
    rate.chargedOnMissMicros += row.chargedOnMissMicros;
  }
  for (const row of await tx.rows(readAnswerParts, since)) {
    const rate = rateOf(rates, row);
    const field = WANTED_FIELDS.find((one) => one === row.part);
    if (field) rate.fields[field] = row.calls;
    else rate.verdicts[row.part] = row.calls;
  }
  return { rates: [...rates.values()], qualities: await tx.rows(readValueQualities, since) };
}

function rateOf(
  rates: Map<string, CallRates>,
  { provider, capability }: { provider: string; capability: string },
): CallRates {
  const key = `${provider}/${capability}`;
  const known = rates.get(key);
  if (known) return known;
  const made: CallRates = {
    provider,
    capability,
    first: { hits: 0, of: 0 },
    later: { hits: 0, of: 0 },
    fields: {},
    chargedOnHitMicros: 0,
    chargedOnMissMicros: 0,
    verdicts: {},
  };
  rates.set(key, made);
  return made;
}
