import { createHash } from 'node:crypto';

import { findCorroborated } from '@penstock/accounts/corroborate-company';
import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import type { Tx } from '@penstock/store/tx';

import { eventReportOf } from './model/event-report.ts';
import { correctSignal } from './correct-signal.ts';
import { readArticle, type Meant } from './read-article.ts';
import { noticeLeavers } from './notice-leavers.ts';
import { recordSignals, type NewSignal } from './record-signals.ts';
import type { ScoringPort } from './scoring-port.ts';
import type { Finding, ItemReading, PressItem } from './source-port.ts';

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
  from: From,
  scoring: ScoringPort,
): Promise<Taken> {
  if (reading.outcome === 'no_signal') return { state: 'no_signal', reason: reading.reason };
  if (reading.outcome === 'article') return takeArticle(tx, reading.article, from, scoring);
  if (reading.outcome === 'signals') {
    const each: Taken[] = [];
    for (const finding of reading.findings)
      each.push(
        (reading.amends ? await takeCorrection(tx, finding, from, scoring) : null) ??
          (await takeNews(tx, finding, from, scoring)),
      );
    return each.find((taken) => taken.state === 'signal') ?? each[0] ?? { state: 'no_signal', reason: '' };
  }
  if (reading.outcome === 'signal') return takeNews(tx, reading.finding, from, scoring);
  const corrected = await takeCorrection(tx, reading.finding, from, scoring);
  return (
    corrected ?? {
      state: 'no_signal',
      reason: 'amends something older than our first look at this source',
    }
  );
}

type From = { source: string; document: string; fetchedAt: Date; now: Date };

async function takeCorrection(
  tx: Tx,
  finding: Finding,
  from: From,
  scoring: ScoringPort,
): Promise<Taken | null> {
  const corrected = await correctSignal(tx, toSignal(finding, from), from.now, scoring);
  return corrected ? { state: 'signal', reason: 'corrected what was told before' } : null;
}

/**
 * Keeps an article, and tells what it says if a rule for news wants it.
 * @param about the account that the source was asked about, where it was asked about one
 */
export async function takeArticle(
  tx: Tx,
  article: PressItem,
  from: From,
  scoring: ScoringPort,
  about: Meant | null = null,
): Promise<Taken> {
  const read = await readArticle(tx, article, { ...from, about });
  if (read.outcome === 'no_signal') return { state: 'no_signal', reason: read.reason };
  return read.meant === null
    ? takeNews(tx, read.finding, from, scoring)
    : tellAt(tx, read.finding, { accountId: read.meant.accountId, because: read.because }, from, scoring);
}

async function takeNews(tx: Tx, finding: Finding, from: From, scoring: ScoringPort): Promise<Taken> {
  const { company } = finding;
  const as = { state: 'proposed', origin: 'signal', isTest: false, ownerId: null, now: from.now } as const;
  const match =
    finding.corroboration === undefined
      ? await findOrCreateAccount(tx, company, as)
      : await findCorroborated(tx, company, finding.corroboration, as);
  return match === null
    ? { state: 'no_signal', reason: `${company.name} is no account` }
    : tellAt(tx, finding, match, from, scoring);
}

async function tellAt(
  tx: Tx,
  finding: Finding,
  match: { accountId: string; because: string },
  from: From,
  scoring: ScoringPort,
): Promise<Taken> {
  const signal = toSignal(finding, from);
  await noticeLeavers(
    tx,
    { accountId: match.accountId, finding, source: from.source, hash: contentHash(from.document) },
    from.now,
    scoring,
  );
  const recorded = await recordSignals(tx, [{ ...signal, accountId: match.accountId }], from.now, scoring);
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
    report: eventReportOf(from.source, finding.kind, finding.facts),
    isTest: false,
    occurredAt: new Date(finding.occurredAt),
    evidence: {
      url: finding.evidence.url,
      quote: finding.evidence.quote,
      quoteStart: finding.evidence.quoteStart,
      context: finding.evidence.context ?? '',
      contentHash: contentHash(from.document),
      fetchedAt: from.fetchedAt,
    },
  };
}
