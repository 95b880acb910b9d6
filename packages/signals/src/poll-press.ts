import type { Clock } from '@penstock/kernel/clock';
import type { Store } from '@penstock/store/store';
import { one } from '@penstock/store/tx';

import { championWatchDone } from './champion-checks/check-statements.ts';
import { nextCheckAt } from './model/champion-tiers.ts';
import * as sql from './paid-signals/paid-statements.ts';
import type { ScoringPort } from './scoring-port.ts';
import { languagesOf } from './model/news-rules.ts';
import {
  SourceError,
  type CompanyPress,
  type PressItem,
  type SourceReply,
  type SourceRequest,
} from './source-port.ts';
import { forgetOldArticles } from './read-article.ts';
import { takeArticle } from './take-finding.ts';
import { watchRules } from './watch-rules-document.ts';

/** The press, asked about one account at a time. */
export const COMPANY_PRESS_SOURCE = 'press/gdelt';

export type PollPressDeps = {
  store: Store;
  clock: Clock;
  scoring: ScoringPort;
  press: CompanyPress;
  /** Milliseconds until the source may be asked again, by any workspace of this instance. */
  waitMs: () => number;
  fetch: (request: SourceRequest) => Promise<SourceReply>;
};
export type PressReport = { asked: number; signals: number; fault: string };

const NEW_PER_POLL = 200;
const TAKEN_MS = 10 * 60_000;
const IDLE_MS = 60_000;
const GAP_MS = 6_000;
const LIMITED_MS = 15 * 60_000;
const EVERY = { everyDays: 1 };
/** An article is found some time after it was seen: what was asked about is asked about again for so long. */
const OVERLAP_MS = 2 * 3_600_000;
/** A name that can't be asked for may have a domain or a city some day. */
const NAMELESS_MS = 30 * 86_400_000;

type Watch = { workspaceId: string; watchId: string };

/**
 * Asks about the one account that is due, those that matter more first: one request in five seconds is all that the source allows. What
 * stood in the papers before the watching began is not asked for.
 */
export async function pollPress(deps: PollPressDeps, watch: Watch): Promise<PressReport> {
  const report: PressReport = { asked: 0, signals: 0, fault: '' };
  const waitMs = deps.waitMs();
  if (waitMs > 0) {
    await finish(deps, watch, report, waitMs);
    return report;
  }
  const { store, clock } = deps;
  const now = clock.now();
  const [due] = await store.inWorkspace(watch.workspaceId, async (tx) => {
    await tx.rows(sql.addCompanyWatches, now, [COMPANY_PRESS_SOURCE], [EVERY.everyDays], NEW_PER_POLL);
    const until = new Date(now.getTime() + TAKEN_MS);
    return tx.rows(sql.takeDueLooks, now, until, [COMPANY_PRESS_SOURCE], 1);
  });
  let pauseMs = 0;
  if (due) {
    try {
      report.signals = await ask(deps, watch.workspaceId, due, report);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      report.fault = `${error.fault}: ${error.detail}`;
      await postpone(deps, watch.workspaceId, due, error);
      pauseMs = error.fault === 'rate_limited' ? LIMITED_MS : 0;
    }
  }
  await finish(deps, watch, report, pauseMs);
  return report;
}

async function ask(
  deps: PollPressDeps,
  workspaceId: string,
  due: sql.DueLook,
  report: PressReport,
): Promise<number> {
  const { store, clock, press, scoring } = deps;
  const company = { name: due.accountName, domain: due.domain, city: due.city };
  const asked = clock.now();
  const { news } = await store.inWorkspace(workspaceId, (tx) => watchRules(tx));
  const request = press.request(company, due.since, asked, languagesOf(news));
  const done = (state: string, because: string, since: Date, signals: number, dueAt: Date) =>
    [
      due.accountId,
      due.source,
      state,
      because,
      since,
      0,
      null,
      state === 'asked',
      asked,
      0,
      signals,
      0,
      dueAt,
    ] as const;
  if (request === null) {
    const dueAt = new Date(asked.getTime() + NAMELESS_MS);
    const because = 'its name alone, or a short one, would find others';
    await store.inWorkspace(workspaceId, (tx) =>
      tx.rows(sql.lookDone, ...done('held', because, asked, 0, dueAt)),
    );
    return 0;
  }
  report.asked = 1;
  const reply = await deps.fetch(request);
  const articles = worthKeeping(press.parse(reply).map((article) => press.read(article, company)));
  return store.inWorkspace(workspaceId, async (tx) => {
    const now = clock.now();
    const from = { source: COMPANY_PRESS_SOURCE, document: reply.body, fetchedAt: now, now };
    let signals = 0;
    const about = { accountId: due.accountId, name: due.accountName, isSure: true };
    await forgetOldArticles(tx, COMPANY_PRESS_SOURCE, now);
    for (const article of articles) {
      const taken = await takeArticle(tx, article, from, scoring, about);
      if (taken.state === 'signal') signals += 1;
    }
    const since = new Date(Math.max(due.since.getTime(), asked.getTime() - OVERLAP_MS));
    const dueAt = nextCheckAt({ state: 'answered', failures: 0 }, EVERY, asked);
    await tx.rows(sql.lookDone, ...done('asked', '', since, signals, dueAt));
    return signals;
  });
}

const MOST_ARTICLES = 10;

/** Those that say something of the company or name it in their title; of the others, a few. */
const worthKeeping = (articles: readonly PressItem[]): PressItem[] =>
  articles
    .map((article) => ({ article, rank: article.claim !== null ? 0 : article.named.length > 0 ? 1 : 2 }))
    .toSorted((a, b) => a.rank - b.rank)
    .filter(({ rank }, at) => rank === 0 || at < MOST_ARTICLES)
    .map(({ article }) => article);

async function postpone(
  { store, clock }: PollPressDeps,
  workspaceId: string,
  due: sql.DueLook,
  error: SourceError,
): Promise<void> {
  const now = clock.now();
  const failures = due.failures + 1;
  const dueAt = nextCheckAt({ state: 'failed', failures }, EVERY, now);
  const because = `${error.fault}: ${error.detail}`.slice(0, 300);
  await store.inWorkspace(workspaceId, (tx) =>
    tx.rows(
      sql.lookDone,
      due.accountId,
      due.source,
      'failed',
      because,
      due.since,
      0,
      null,
      false,
      now,
      0,
      0,
      failures,
      dueAt,
    ),
  );
}

async function finish(
  { store, clock }: PollPressDeps,
  watch: Watch,
  { asked, fault }: PressReport,
  pauseMs: number,
): Promise<void> {
  await store.inWorkspace(watch.workspaceId, async (tx) => {
    const at = clock.now();
    const { due } = await one(tx, sql.anyDueLook, at, [COMPANY_PRESS_SOURCE]);
    const next = new Date(at.getTime() + Math.max(pauseMs, due ? GAP_MS : IDLE_MS));
    await tx.rows(championWatchDone, watch.watchId, at, next, fault, asked);
  });
}
