import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import { maybeOne, type Tx } from '@penstock/store/tx';

import type { NewSignal } from './record-signals.ts';
import type { ScoringPort } from './scoring-port.ts';

const findByEvent = statement<{ signalId: string; accountId: string }>(
  'find_signal_by_event',
  'select signal_id as "signalId", account_id as "accountId" from signal_event_key where workspace_id = $1 and event_key = $2',
);
const updateSignal = statement(
  'correct_signal',
  'update signal set summary = $3, facts = $4::jsonb, strength = $5 where workspace_id = $1 and id = $2',
);
const addEvidence = statement(
  'add_evidence',
  `insert into evidence (workspace_id, id, signal_id, url, quote, quote_start, content_hash, fetched_at, context)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);

/**
 * An amendment changes what was told before and adds its evidence; it never adds a second event.
 * @returns the corrected signal, or null if the event was never told (the amendment of something older than the baseline)
 */
export async function correctSignal(
  tx: Tx,
  correction: Omit<NewSignal, 'accountId'>,
  now: Date,
  scoring: Pick<ScoringPort, 'onCorrected'>,
): Promise<{ signalId: string; accountId: string } | null> {
  const known = await maybeOne(tx, findByEvent, correction.eventKey);
  if (!known) return null;
  const { evidence } = correction;
  await tx.rows(
    updateSignal,
    known.signalId,
    correction.summary,
    JSON.stringify(correction.facts),
    correction.strength,
  );
  if (evidence !== null) {
    await tx.rows(
      addEvidence,
      newId(now),
      known.signalId,
      evidence.url,
      evidence.quote,
      evidence.quoteStart,
      evidence.contentHash,
      evidence.fetchedAt,
      evidence.context ?? '',
    );
  }
  await scoring.onCorrected(tx, known.accountId, now);
  return known;
}
