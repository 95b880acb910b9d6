import { areAsGoodAsOne, splitName } from '@penstock/kernel/person-name';
import type { Tx } from '@penstock/store/tx';

import { championsOfAccount } from './champion-statements.ts';
import { NOWHERE_KNOWN, reportDeparture } from './report-departure.ts';
import type { ScoringPort } from './scoring-port.ts';
import type { Finding } from './source-port.ts';

/**
 * Compares the people whom a public record names as gone with the champions of its account. Two champions of one name are left to
 * other witnesses.
 */
export async function noticeLeavers(
  tx: Tx,
  told: { accountId: string; finding: Finding; source: string; hash: string },
  now: Date,
  scoring: ScoringPort,
): Promise<void> {
  const { finding } = told;
  const gone = (finding.leavers ?? []).flatMap((name) => splitName(name) ?? []);
  if (gone.length === 0) return;
  const champions = await tx.rows(championsOfAccount, told.accountId);
  const named = gone.map((leaver) => champions.filter((champion) => areAsGoodAsOne(leaver, champion)));
  const sure = new Set(named.flatMap((found) => (found.length === 1 ? found : [])));
  for (const champion of sure) {
    const words = {
      ...NOWHERE_KNOWN,
      origin: told.source.split('/')[0] ?? told.source,
      witness: 'filing' as const,
      address: null,
      quote: finding.evidence.quote,
      url: finding.evidence.url,
      contentHash: told.hash,
      occurredAt: new Date(finding.occurredAt),
    };
    await reportDeparture(tx, champion, words, now, scoring);
  }
}
