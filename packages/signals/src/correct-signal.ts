import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import { maybeOne, type Tx } from '@penstock/store/tx';

import type { NewSignal } from './record-signals.ts';
import type { ScoringPort } from './scoring-port.ts';
import { regroup } from './signal-reports.ts';
import type { SignalKind } from './source-port.ts';

const findByEvent = statement<{ signalId: string; accountId: string }>(
  'find_signal_by_event',
  `select signal_id as "signalId", account_id as "accountId" from signal_event_key where workspace_id = $1 and event_key = $2 for no key update`,
);
const updateReport = statement<{ kind: SignalKind; before: string; about: string }>(
  'correct_signal_report',
  `update signal_report r set summary = $3, facts = $4::jsonb, strength = $5, about = coalesce($6, r.about)
   from signal_report old where r.workspace_id = $1 and r.event_key = $2 and old.workspace_id = $1 and old.event_key = $2
   returning r.kind, old.about as before, r.about`,
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
 * An amendment changes what was told before and adds its evidence; it never adds a second event. Where several sources told of the
 * event, it changes what its source told.
 * @returns the corrected signal, or null if the event was never told (the amendment of something older than the baseline)
 */
export async function correctSignal(
  tx: Tx,
  correction: Omit<NewSignal, 'accountId'>,
  now: Date,
  scoring: Pick<ScoringPort, 'onCorrected' | 'lock'>,
): Promise<{ signalId: string; accountId: string } | null> {
  const known = await maybeOne(tx, findByEvent, correction.eventKey);
  if (!known) return null;
  await scoring.lock(tx, [known.accountId]);
  const { evidence } = correction;
  const told = [correction.summary, JSON.stringify(correction.facts), correction.strength] as const;
  const report = await maybeOne(
    tx,
    updateReport,
    correction.eventKey,
    ...told,
    correction.report?.about ?? null,
  );
  if (!report) await tx.rows(updateSignal, known.signalId, ...told);
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
  const { changedAccounts, standsFor } = await regroup(
    tx,
    report
      ? [report.before, report.about].map((about) => ({
          accountId: known.accountId,
          kind: report.kind,
          about,
        }))
      : [],
  );
  for (const accountId of new Set([known.accountId, ...changedAccounts]))
    await scoring.onCorrected(tx, accountId, now);
  return { ...known, signalId: standsFor.get(known.signalId) ?? known.signalId };
}
