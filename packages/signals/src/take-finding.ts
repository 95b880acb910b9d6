import { createHash } from 'node:crypto';

import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import type { Tx } from '@penstock/store/tx';

import { correctSignal, type SignalCorrected } from './correct-signal.ts';
import { recordSignals, type NewSignal, type SignalsRecorded } from './record-signals.ts';
import type { Finding, ItemReading } from './source-port.ts';

export type ScoringPort = { onRecorded: SignalsRecorded; onCorrected: SignalCorrected };

export type Taken = { state: 'signal' | 'no_signal'; reason: string };

/** SHA-256 of a fetched document, hex: the evidence can be compared with the source at any time. */
export function contentHash(document: string): string {
  return createHash('sha256').update(document).digest('hex');
}

/**
 * Turns what a source's document says into a signal at an account: matched, or proposed as a new one; an amendment corrects.
 * Runs in the caller's transaction.
 */
export async function takeFinding(
  tx: Tx,
  reading: ItemReading,
  from: { source: string; document: string; fetchedAt: Date; now: Date },
  scoring: ScoringPort,
): Promise<Taken> {
  if (reading.outcome === 'no_signal') return { state: 'no_signal', reason: reading.reason };
  const { finding } = reading;
  const signal = toSignal(finding, from);
  if (reading.outcome === 'correction') {
    const corrected = await correctSignal(tx, signal, from.now, scoring.onCorrected);
    return corrected
      ? { state: 'signal', reason: 'corrected what was told before' }
      : { state: 'no_signal', reason: 'amends something older than our first look at this source' };
  }
  const { company } = finding;
  const match = await findOrCreateAccount(
    tx,
    { ...company, ids: company.ids },
    { state: 'proposed', origin: 'signal', isTest: false, ownerId: null, now: from.now },
  );
  const recorded = await recordSignals(
    tx,
    [{ ...signal, accountId: match.accountId }],
    from.now,
    scoring.onRecorded,
  );
  if (recorded.length === 0) return { state: 'no_signal', reason: 'the same event was told before' };
  return { state: 'signal', reason: match.because };
}

function toSignal(
  finding: Finding,
  from: { source: string; document: string; fetchedAt: Date },
): Omit<NewSignal, 'accountId'> {
  return {
    kind: finding.kind,
    eventKey: finding.eventKey,
    strength: finding.strength,
    summary: finding.summary,
    facts: finding.facts,
    source: from.source,
    isTest: false,
    occurredAt: new Date(finding.occurredAt),
    evidence: {
      url: finding.evidence.url,
      quote: finding.evidence.quote,
      quoteStart: finding.evidence.quoteStart,
      contentHash: contentHash(from.document),
      fetchedAt: from.fetchedAt,
    },
  };
}
