import type { Clock } from '@penstock/kernel/clock';
import { newId } from '@penstock/kernel/ids';
import { emitEvents } from '@penstock/store/outbox';
import type { Store } from '@penstock/store/store';
import { maybeOne, one, type Tx } from '@penstock/store/tx';

import * as sql from './board-finding-statements.ts';
import { insertBoard } from './board-statements.ts';
import { judgeFoundBoard } from './model/found-board.ts';
import { nextSearchAt, type SearchOutcome } from './model/search-cadence.ts';
import { nextDay } from './model/source-day.ts';
import { readCompanySite, type CompanySite, type LinkedBoard } from './read-company-site.ts';
import { SourceError } from './source-port.ts';

export type FindBoardsDeps = {
  store: Store;
  clock: Clock;
  site: CompanySite;
  /**
   * The first page of a board, through its adapter; null where there is no such board. Throws `SourceError`.
   * @returns what it calls the company; null where it does not say
   */
  lookAtBoard: (source: string, board: string) => Promise<{ company: string | null } | null>;
  /** Days until a site that linked no board is looked at again. */
  cadenceDays: number;
  /** Sites a day; those that somebody asks for come on top. */
  sitesADay: number;
  sitesPerLook: number;
  /** Until the next are looked at, while some wait. */
  pauseMs: number;
};
export type FindingReport = {
  looked: number;
  found: number;
  proposed: number;
  failed: number;
};

type Watch = { workspaceId: string; watchId: string };

const NEW_PER_POLL = 200;
const WALKED_PER_POLL = 500;
const IDLE_MS = 60_000;
/** A start page that links more is one of a job portal. */
const MOST_BOARDS = 5;
const FIRST_INTERVAL_SECONDS = 6 * 3_600;

/**
 * Looks for the job boards of accounts that have none on their own sites, a few accounts at a time. A board that is the company's is
 * watched from now on; one that may be another's is proposed. A site that can't be read is tried again: that is never "no board".
 */
export async function findBoards(deps: FindBoardsDeps, watch: Watch): Promise<FindingReport> {
  const { store, clock } = deps;
  const report: FindingReport = { looked: 0, found: 0, proposed: 0, failed: 0 };
  const { due, cursor, waits } = await store.inWorkspace(watch.workspaceId, (tx) =>
    takeDue(tx, deps, watch, clock.now()),
  );
  let fault = '';
  let goesOnAt: Date | null = null;
  for (const search of due) {
    try {
      const outcome = await searchOne(deps, watch.workspaceId, search);
      report.looked += 1;
      if (outcome === 'found' || outcome === 'proposed') report[outcome] += 1;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (error.fault === 'day_limit') {
        goesOnAt = nextDay(clock.now());
        break;
      }
      report.failed += 1;
      fault = `${error.fault}: ${error.detail}`.slice(0, 300);
      await store.inWorkspace(watch.workspaceId, (tx) => keep(tx, deps, search, 'failed', fault));
    }
  }
  await store.inWorkspace(watch.workspaceId, async (tx) => {
    const now = clock.now();
    const pauseMs = waits ? deps.pauseMs : IDLE_MS;
    // One site that is down is that site's outage; the way out is down if all of them are.
    const isOut = report.looked === 0 && report.failed > 1;
    await tx.rows(
      sql.findingDone,
      watch.watchId,
      now,
      goesOnAt ?? new Date(now.getTime() + pauseMs),
      cursor,
      isOut ? `${fault} (${report.failed} sites)` : '',
      report.looked + report.failed,
    );
  });
  return report;
}

type Due = { due: sql.BoardSearchRow[]; cursor: string | null; waits: boolean };

async function takeDue(tx: Tx, deps: FindBoardsDeps, { watchId }: Watch, now: Date): Promise<Due> {
  const watched = await maybeOne(tx, sql.readFindingWatch, watchId);
  if (watched === null) return { due: [], cursor: null, waits: false };
  let { cursor } = watched;
  const dayBegan = new Date(nextDay(now).getTime() - 86_400_000);
  const { looks } = await one(tx, sql.searchesSince, dayBegan);
  const room = Math.max(0, deps.sitesADay - looks);
  const isFull = room === 0;
  const most = isFull ? deps.sitesPerLook : Math.min(room, deps.sitesPerLook);
  if (!isFull) await tx.rows(sql.addCaredSearches, now, NEW_PER_POLL);
  let due = await tx.rows(sql.dueSearches, now, most, isFull);
  if (!isFull && due.length < most) {
    const { last, seen } = await one(tx, sql.addNextSearches, now, cursor, WALKED_PER_POLL);
    cursor = seen < WALKED_PER_POLL ? null : last;
    due = await tx.rows(sql.dueSearches, now, most, isFull);
  }
  return { due, cursor, waits: due.length === most };
}

async function searchOne(
  deps: FindBoardsDeps,
  workspaceId: string,
  search: sql.BoardSearchRow,
): Promise<SearchOutcome> {
  const { store } = deps;
  const reading = await readCompanySite(deps.site, search.domain);
  if (reading.outcome === 'forbidden') {
    await store.inWorkspace(workspaceId, (tx) => keep(tx, deps, search, 'forbidden', reading.because));
    return 'forbidden';
  }
  const linked = reading.boards.slice(0, MOST_BOARDS);
  const seen: SeenBoard[] = [];
  for (const board of linked) {
    const shown = await deps.lookAtBoard(board.source, board.board);
    if (shown !== null) seen.push({ ...board, company: shown.company });
  }
  return store.inWorkspace(workspaceId, async (tx) => {
    const now = deps.clock.now();
    const outcome = await takeBoards(tx, search, seen, now);
    await keep(tx, deps, search, outcome, '');
    if (outcome !== 'none')
      await emitEvents(tx, now, [{ kind: 'source.changed', payload: { accountId: search.accountId } }]);
    return outcome;
  });
}

type SeenBoard = LinkedBoard & { company: string | null };

async function takeBoards(
  tx: Tx,
  { accountId, accountName, domain }: sql.BoardSearchRow,
  seen: readonly SeenBoard[],
  now: Date,
): Promise<SearchOutcome> {
  const answered = await tx.rows(sql.proposalsOf, accountId);
  let outcome: SearchOutcome = 'none';
  for (const found of seen) {
    const { source, board, company, foundOn } = found;
    const known = answered.find((one) => one.source === source && one.board === board);
    if (known !== undefined && known.state !== 'open') continue;
    const owner = await maybeOne(tx, sql.watchedFor, source, board);
    const verdict =
      owner === null
        ? judgeFoundBoard({ ...found, accountName, domain, linked: seen.length })
        : { take: false, because: `it is watched for ${owner.accountName} already` };
    if (!verdict.take || known !== undefined) {
      await tx.rows(
        sql.propose,
        accountId,
        source,
        board,
        company,
        foundOn,
        known?.because ?? verdict.because,
        now,
      );
      outcome = outcome === 'found' ? outcome : 'proposed';
      continue;
    }
    const id = newId(now);
    const values = [accountId, source, board, now, FIRST_INTERVAL_SECONDS, foundOn] as const;
    if ((await maybeOne(tx, insertBoard, id, ...values)) !== null) outcome = 'found';
  }
  return outcome;
}

async function keep(
  tx: Tx,
  { clock, cadenceDays }: FindBoardsDeps,
  { accountId, domain, failures }: sql.BoardSearchRow,
  outcome: SearchOutcome,
  fault: string,
): Promise<void> {
  const now = clock.now();
  const dueAt = nextSearchAt({ outcome, failures }, cadenceDays, now);
  await tx.rows(sql.searchDone, accountId, domain, now, dueAt, outcome, fault);
}
