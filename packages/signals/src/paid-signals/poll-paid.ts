import type { Clock } from '@penstock/kernel/clock';
import type { Store } from '@penstock/store/store';
import { one, type Tx } from '@penstock/store/tx';

import { countAsked, hasRoomToday } from '../day-meter.ts';
import { nextCheckAt } from '../model/champion-tiers.ts';
import { companyNews, paidPeriod } from '../model/company-news.ts';
import { recordSignals } from '../record-signals.ts';
import type { ScoringPort } from '../scoring-port.ts';
import { contentHash } from '../take-finding.ts';
import { watchRules } from '../watch-rules-document.ts';
import { championWatchDone } from '../champion-checks/check-statements.ts';
import type { LookOutcome, PaidSignalPort } from './paid-signal-port.ts';
import * as sql from './paid-statements.ts';

/** The watch of what a workspace pays vendors to tell of its accounts. */
export const PAID_SOURCE = 'paid';

export type PollPaidDeps = { store: Store; clock: Clock; scoring: ScoringPort; vendors: PaidSignalPort };
export type PaidReport = { asked: number; held: number; failed: number; signals: number };

const NEW_PER_POLL = 500;
const LOOKS_PER_POLL = 20;
/** Longer than a vendor takes; whoever dies meanwhile leaves its questions to be taken up again. */
const TAKEN_MS = 10 * 60_000;
const AGAIN_MS = 1_000;
const IDLE_MS = 60_000;
/** Beyond this, what a company does is no news of one account any more, and costs for each page. */
const MOST_PAGES = 4;

/**
 * Asks the paid sources that are switched on about the accounts that are due, within the budget of each source, those that matter more
 * first. What was there when the watching began is not asked for.
 */
export async function pollPaid(
  deps: PollPaidDeps,
  watch: { workspaceId: string; watchId: string },
): Promise<PaidReport> {
  const { store, clock } = deps;
  const report: PaidReport = { asked: 0, held: 0, failed: 0, signals: 0 };
  const now = clock.now();
  const { sources, due } = await store.inWorkspace(watch.workspaceId, (tx) => takeDue(tx, deps, now));
  for (const look of due) {
    const source = sources.find((row) => row.source === look.source);
    if (!source) continue;
    // What was taken and not asked is due again in ten minutes.
    if (!(await store.inWorkspace(watch.workspaceId, (tx) => hasRoomToday(tx, PAID_SOURCE, clock.now()))))
      break;
    const outcome = await ask(deps, watch.workspaceId, look, source, report);
    if (outcome.kind === 'held') report.held += 1;
    else if (outcome.kind === 'failed') report.failed += 1;
    else report.asked += 1;
  }
  await store.inWorkspace(watch.workspaceId, async (tx) => {
    const at = clock.now();
    const names = sources.map(({ source }) => source);
    const more = (await one(tx, sql.anyDueLook, at, names)).due && report.asked + report.held > 0;
    const { asked, failed } = report;
    const fault = failed > 0 && asked === 0 ? `unavailable: no answer about ${failed} accounts` : '';
    const next = new Date(at.getTime() + (more ? AGAIN_MS : IDLE_MS));
    await tx.rows(championWatchDone, watch.watchId, at, next, fault, asked + failed);
  });
  return report;
}

async function takeDue(tx: Tx, deps: PollPaidDeps, now: Date) {
  const active = (await tx.rows(sql.readPaidSources)).filter((row) => row.active);
  if (active.length === 0) return { sources: [], due: [] };
  const keyed = new Set((await deps.vendors.sources(tx)).map(({ source }) => source));
  const sources = active.filter(({ source }) => keyed.has(source));
  if (sources.length === 0) return { sources, due: [] };
  const names = sources.map(({ source }) => source);
  const days = sources.map(({ everyDays }) => everyDays);
  await tx.rows(sql.addCompanyWatches, now, names, days, NEW_PER_POLL);
  const until = new Date(now.getTime() + TAKEN_MS);
  return { sources, due: await tx.rows(sql.takeDueLooks, now, until, names, LOOKS_PER_POLL) };
}

function ask(
  deps: PollPaidDeps,
  workspaceId: string,
  look: sql.DueLook,
  terms: sql.PaidSourceRow,
  report: PaidReport,
): Promise<LookOutcome> {
  const now = deps.clock.now();
  const { accountId, source, since, page } = look;
  const budget = { period: paidPeriod(source, now), limitMicros: terms.budgetMicros };
  return deps.vendors.look(workspaceId, { accountId, source, since, page, budget }, async (tx, outcome) => {
    const signals = outcome.kind === 'told' ? await tell(tx, deps, look, outcome.events) : 0;
    report.signals += signals;
    await tx.rows(sql.lookDone, accountId, source, ...resultOf(look, outcome, terms, signals, now));
    if (outcome.kind === 'held') return;
    const costMicros = outcome.kind === 'told' ? outcome.costMicros : 0;
    await countAsked(tx, PAID_SOURCE, { requests: 1, costMicros }, now);
  });
}

async function tell(
  tx: Tx,
  deps: PollPaidDeps,
  look: sql.DueLook,
  events: Extract<LookOutcome, { kind: 'told' }>['events'],
): Promise<number> {
  const now = deps.clock.now();
  const rules = await watchRules(tx);
  const { source, since } = look;
  const account = { id: look.accountId, name: look.accountName };
  const signals = events.flatMap(
    (event) => companyNews(event, { account, source, since, now, rules, contentHash }) ?? [],
  );
  return (await recordSignals(tx, signals, now, deps.scoring)).length;
}

/** The values of `lookDone`, from its state on. */
function resultOf(
  look: sql.DueLook,
  outcome: LookOutcome,
  terms: sql.PaidSourceRow,
  signals: number,
  now: Date,
) {
  const { since, page, beganAt } = look;
  if (outcome.kind === 'told') {
    const began = beganAt ?? now;
    const goesOn = outcome.more && page + 1 < MOST_PAGES;
    const next = goesOn ? now : nextCheckAt({ state: 'answered', failures: 0 }, terms, now);
    const at = goesOn ? ([since, page + 1, began] as const) : ([began, 0, null] as const);
    const because = outcome.more && !goesOn ? 'more than is read at once: the rest is left out' : '';
    return ['asked', because, ...at, true, now, outcome.costMicros, signals, 0, next] as const;
  }
  const isFailed = outcome.kind === 'failed';
  const failures = isFailed ? look.failures + 1 : look.failures;
  const state = isFailed ? (outcome.isUnknown ? 'unknown' : 'failed') : 'held';
  const after = isFailed
    ? { state: 'failed' as const, failures, retryAfterMs: outcome.retryAfterMs }
    : { state: 'held' as const, failures };
  const because = outcome.because.slice(0, 300);
  return [
    state,
    because,
    since,
    page,
    beganAt,
    isFailed,
    now,
    0,
    0,
    failures,
    nextCheckAt(after, terms, now),
  ] as const;
}
