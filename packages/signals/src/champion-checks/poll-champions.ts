import type { Clock } from '@penstock/kernel/clock';
import type { Store } from '@penstock/store/store';
import { maybeOne, one, type Tx } from '@penstock/store/tx';

import { countAsked, hasRoomToday } from '../day-meter.ts';
import { championByPerson } from '../champion-statements.ts';
import {
  DEFAULT_TIERS,
  nextCheckAt,
  paidSince,
  tierPeriod,
  type TierTerms,
} from '../model/champion-tiers.ts';
import { vendorOrigin, type ChampionTier } from '../model/departure.ts';
import { reportDeparture, watchingPolicy } from '../report-departure.ts';
import type { ScoringPort } from '../scoring-port.ts';
import * as sql from './check-statements.ts';
import type { CheckOutcome, EmploymentWord, JobChangePort, JobVendor } from './job-change-port.ts';

/** The watch of a workspace's champions, beside its other sources. */
export const CHAMPIONS_SOURCE = 'champions';

export type PollChampionsDeps = { store: Store; clock: Clock; scoring: ScoringPort; jobs: JobChangePort };
export type ChampionsReport = { asked: number; held: number; failed: number; elsewhere: number };

const NEW_PER_POLL = 500;
const CHECKS_PER_POLL = 20;
/** Longer than a vendor takes; whoever dies meanwhile leaves its questions to be taken up again. */
const TAKEN_MS = 10 * 60_000;
const AGAIN_MS = 1_000;
const IDLE_MS = 60_000;

/**
 * Asks vendors about the champions that are due, a few at a time, within the budget of their tier. Nobody is asked while no legitimate
 * interest is recorded. Who is said to be elsewhere is on the review list until it is certain.
 */
export async function pollChampions(
  deps: PollChampionsDeps,
  watch: { workspaceId: string; watchId: string },
): Promise<ChampionsReport> {
  const { store, clock } = deps;
  const report: ChampionsReport = { asked: 0, held: 0, failed: 0, elsewhere: 0 };
  const now = clock.now();
  const { vendors, due, tiers } = await store.inWorkspace(watch.workspaceId, async (tx) => {
    const none = { vendors: [], due: [], tiers: DEFAULT_TIERS };
    if ((await watchingPolicy(tx)) === null) return none;
    const known = await deps.jobs.vendors(tx);
    const ids = known.map(({ provider }) => provider);
    if (ids.length === 0) return none;
    await tx.rows(sql.addChecks, now, ids, NEW_PER_POLL);
    const until = new Date(now.getTime() + TAKEN_MS);
    return {
      vendors: known,
      due: await tx.rows(sql.takeDueChecks, now, until, ids, CHECKS_PER_POLL),
      tiers: await tierTerms(tx),
    };
  });
  for (const check of inOrder(due)) {
    // What was taken and not asked is due again in ten minutes.
    if (
      !(await store.inWorkspace(watch.workspaceId, (tx) => hasRoomToday(tx, CHAMPIONS_SOURCE, clock.now())))
    )
      break;
    const outcome = await ask(deps, watch.workspaceId, check, { terms: tiers[check.tier], vendors });
    if (outcome.kind === 'held') report.held += 1;
    else if (outcome.kind === 'failed') report.failed += 1;
    else report.asked += 1;
    if (outcome.kind === 'told' && outcome.employment.state === 'elsewhere') report.elsewhere += 1;
  }
  await finish(deps, watch, vendors, report);
  return report;
}

/** Upper tiers first, also within what was taken. */
const RANK: Readonly<Record<ChampionTier, number>> = { key: 0, standard: 1, light: 2 };
const inOrder = (due: readonly sql.DueCheck[]) =>
  due.toSorted((a, b) => RANK[a.tier] - RANK[b.tier] || (a.personId < b.personId ? -1 : 1));

/** What RevOps has set, and for other tiers what is set from the start. */
export async function tierTerms(tx: Tx): Promise<Readonly<Record<ChampionTier, TierTerms>>> {
  const set = await tx.rows(sql.readTiers);
  const of = (tier: ChampionTier): TierTerms => set.find((row) => row.tier === tier) ?? DEFAULT_TIERS[tier];
  return { key: of('key'), standard: of('standard'), light: of('light') };
}

function ask(
  deps: PollChampionsDeps,
  workspaceId: string,
  check: sql.DueCheck,
  { terms, vendors }: { terms: TierTerms; vendors: readonly JobVendor[] },
): Promise<CheckOutcome> {
  const now = deps.clock.now();
  const { personId, provider, mark, tier } = check;
  const budget = { period: tierPeriod(tier, now), limitMicros: terms.budgetMicros };
  const question = { personId, provider, mark, paidSince: paidSince(terms, now), budget };
  return deps.jobs.check(workspaceId, question, async (tx, outcome) => {
    const at = deps.clock.now();
    await tx.rows(sql.checkDone, personId, provider, ...resultOf(check, outcome, terms, at));
    if (outcome.kind !== 'held')
      await countAsked(
        tx,
        CHAMPIONS_SOURCE,
        { requests: 1, costMicros: 'costMicros' in outcome ? outcome.costMicros : 0 },
        at,
      );
    if (outcome.kind !== 'told' || outcome.employment.state !== 'elsewhere') return;
    const champion = await maybeOne(tx, championByPerson, personId);
    const vendor = vendors.find((one) => one.provider === provider)?.name ?? provider;
    if (champion)
      await reportDeparture(
        tx,
        champion,
        wordsOf(outcome.employment, { provider, vendor }, at),
        at,
        deps.scoring,
      );
  });
}

/** The values of `checkDone`, from its state on. */
function resultOf(check: sql.DueCheck, outcome: CheckOutcome, terms: TierTerms, now: Date) {
  const { kind } = outcome;
  const because = 'because' in outcome ? outcome.because.slice(0, 300) : '';
  const mark = kind === 'told' ? outcome.employment.mark : kind === 'unchanged' ? outcome.mark : null;
  const cost = 'costMicros' in outcome ? outcome.costMicros : 0;
  const state =
    kind === 'told' ? outcome.employment.state : kind === 'failed' && outcome.isUnknown ? 'unknown' : kind;
  const wasAsked = kind !== 'held';
  const failures = kind === 'failed' ? check.failures + 1 : 0;
  const after =
    kind === 'failed'
      ? { state: 'failed' as const, failures, retryAfterMs: outcome.retryAfterMs }
      : { state: kind === 'held' ? ('held' as const) : ('answered' as const), failures };
  const dueAt = kind === 'gone' ? null : nextCheckAt(after, terms, now);
  return [state, because, mark, wasAsked, now, cost, failures, dueAt] as const;
}

/** A vendor's word on a leaving, as the review list shows it. */
function wordsOf(
  { company, domain, title, since, profile }: EmploymentWord,
  { provider, vendor }: { provider: string; vendor: string },
  now: Date,
) {
  const place = [title, company ?? domain].filter(Boolean).join(' at ');
  return {
    origin: vendorOrigin(provider, profile),
    witness: 'vendor' as const,
    address: null,
    quote: `${vendor}: now ${place || 'elsewhere'}${since === null ? '' : ` since ${since}`}`,
    url: profile === null ? '' : vendorOrigin(provider, profile),
    contentHash: '',
    newCompany: company ?? '',
    newDomain: domain,
    newTitle: title ?? '',
    newEmail: null,
    occurredAt: since === null ? now : new Date(since),
  };
}

async function finish(
  { store, clock }: PollChampionsDeps,
  watch: { workspaceId: string; watchId: string },
  vendors: readonly JobVendor[],
  { asked, held, failed }: ChampionsReport,
): Promise<void> {
  await store.inWorkspace(watch.workspaceId, async (tx) => {
    const at = clock.now();
    const { due } = await one(
      tx,
      sql.anyDueCheck,
      at,
      vendors.map(({ provider }) => provider),
    );
    const fault = failed > 0 && asked === 0 ? `unavailable: no answer about ${failed} champions` : '';
    await tx.rows(
      sql.championWatchDone,
      watch.watchId,
      at,
      new Date(at.getTime() + (due && asked + held > 0 ? AGAIN_MS : IDLE_MS)),
      fault,
      asked + failed,
    );
  });
}
