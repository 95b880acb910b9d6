import type { Clock } from '@penstock/kernel/clock';
import { emitEvents } from '@penstock/store/outbox';
import type { Store } from '@penstock/store/store';
import { maybeOne, type Tx } from '@penstock/store/tx';

import type { BoardAdapter, Opening } from './board-port.ts';
import { newsSignal } from './board-signal.ts';
import * as sql from './board-statements.ts';
import { compareBoard, nextInterval, type KnownOpening } from './model/board-changes.ts';
import { believeBoard } from './model/board-doubt.ts';
import { nextDay } from './model/source-day.ts';
import { askedPauseMs, reading, StrangeList } from './outage.ts';
import { recordSignals } from './record-signals.ts';
import type { ScoringPort } from './scoring-port.ts';
import { SourceError, type SourceReply, type SourceRequest } from './source-port.ts';
import { contentHash } from './take-finding.ts';
import { watchRules } from './watch-rules-document.ts';

export type PollBoardDeps = {
  store: Store;
  clock: Clock;
  scoring: ScoringPort;
  /** Sends a request to the board's host, within its limits. Throws `SourceError`. */
  fetch: (board: string, request: SourceRequest) => Promise<SourceReply>;
  /** Seconds between looks at a board that neither changes nor rests; null takes the vendor's. */
  cadenceSeconds: number | null;
};

export type BoardReport = { openings: number; signals: number; fault: string };

/** 60 pages of 100: larger boards are read in part, and nothing of them counts as vanished. */
const MAX_PAGES = 60;
const MAX_BACKOFF_SECONDS = 3_600;

type Look = { openings: Opening[]; isWhole: boolean; company: string | null; hash: string };

/**
 * Looks at a company's job board once: what is new is compared with what was known, and told. A look that fails, is half-read or
 * shows another company changes nothing but the board's health.
 */
export async function pollBoard(
  polling: PollBoardDeps,
  adapter: BoardAdapter,
  watch: { workspaceId: string; boardId: string },
): Promise<BoardReport> {
  const { store } = polling;
  let pauseMs = 0;
  const deps: PollBoardDeps = {
    ...polling,
    async fetch(board, request) {
      const reply = await polling.fetch(board, request);
      pauseMs = askedPauseMs(reply);
      return reply;
    },
  };
  const known = await store.inWorkspace(watch.workspaceId, (tx) =>
    maybeOne(tx, sql.readBoard, watch.boardId),
  );
  if (!known) return { openings: 0, signals: 0, fault: '' };
  try {
    const look = await readAll(deps, adapter, known);
    const signals = await store.inWorkspace(watch.workspaceId, (tx) =>
      takeLook(tx, deps, adapter, known, look),
    );
    return { openings: look.openings.length, signals, fault: '' };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    await recordOutage(deps, watch, known, { error, pauseMs });
    return { openings: 0, signals: 0, fault: `${error.fault}: ${error.detail}` };
  }
}

async function readAll(deps: PollBoardDeps, adapter: BoardAdapter, known: sql.BoardRow): Promise<Look> {
  const byKey = new Map<string, Opening>();
  const bodies: string[] = [];
  let listed = 0;
  let total: number | null = null;
  let company: string | null = null;
  let ended = false;
  for (let page = 0; page < MAX_PAGES && !ended; page += 1) {
    const reply = await deps.fetch(known.board, adapter.request(known.board, listed));
    const read = reading(adapter.manifest.id, reply, () => adapter.parse(reply, known.board));
    assertAsked(adapter.manifest.id, known.board, read.board ?? null);
    for (const opening of read.openings) byKey.set(opening.key, opening);
    bodies.push(contentHash(reply.body));
    listed += read.listed;
    total = read.total ?? total;
    company ??= read.company;
    ended =
      adapter.pageSize === null ||
      read.listed === 0 ||
      (total === null ? read.listed < adapter.pageSize : listed >= total);
  }
  return {
    openings: [...byKey.values()],
    isWhole: ended && (total === null || listed >= total),
    company,
    hash: contentHash(bodies.join()),
  };
}

/** Links to another board of the vendor are those of another company. */
function assertAsked(source: string, board: string, shown: string | null): void {
  if (shown !== null && shown.toLowerCase() !== board.toLowerCase())
    throw new StrangeList(source, `shows the board ${shown}, not ${board}`);
}

async function takeLook(
  tx: Tx,
  deps: PollBoardDeps,
  adapter: BoardAdapter,
  known: sql.BoardRow,
  look: Look,
): Promise<number> {
  const locked = await maybeOne(tx, sql.lockBoard, known.id);
  if (!locked) return 0;
  const now = deps.clock.now();
  const seen = look.openings.map((opening) => ({ ...opening, countries: countriesOf(opening) }));
  const { baselineAt } = locked;
  const openings = await tx.rows(sql.readOpenings, known.id);
  const isAnew = isBegunAgain(adapter, { ...known, ...locked }, openings, look);
  if (isAnew) await tx.rows(sql.forgetOpenings, known.id);
  const was = isAnew && baselineAt !== null ? seenBefore(seen, baselineAt) : openings;
  const changes = compareBoard(
    was,
    { openings: seen, isWhole: look.isWhole },
    {
      baselineAt,
      now,
      rules: await watchRules(tx),
    },
  );
  const fresh = seen.filter((opening) => changes.fresh.some(({ key }) => key === opening.key));
  await writeOpenings(tx, known.id, fresh, baselineAt === null, now);
  if (isAnew)
    await writeOpenings(
      tx,
      known.id,
      seen.filter((opening) => !fresh.includes(opening)),
      true,
      now,
    );
  if (changes.back.length + changes.missing.length + changes.gone.length > 0)
    await tx.rows(sql.markOpenings, known.id, changes.back, changes.missing, changes.gone, now);
  const signals = changes.news.map((news) =>
    newsSignal(news, { board: known, adapter, openings: look.openings, hash: look.hash, now }),
  );
  const recorded = await recordSignals(tx, signals, now, deps.scoring);
  // What a half look did not show would be told as new later; a board that never shows all of it is taken as it is at the second.
  const newBaseline = baselineAt === null && (look.isWhole || locked.successes > 0) ? now : null;
  const cadence = deps.cadenceSeconds ?? adapter.manifest.pollEverySeconds;
  await tx.rows(
    sql.boardSucceeded,
    known.id,
    look.company,
    newBaseline,
    now,
    look.isWhole ? '' : 'read in part: the board counts more openings than it shows',
    nextInterval(known.intervalSeconds, fresh.length + changes.gone.length > 0, cadence),
    isAnew,
  );
  if (known.failures > 0 || newBaseline !== null)
    await emitEvents(tx, now, [{ kind: 'source.changed', payload: { boardId: known.id } }]);
  return recorded.length;
}

/** @throws StrangeList for a look that shows somebody else's board */
function isBegunAgain(
  adapter: BoardAdapter,
  known: sql.BoardRow & { strange: number },
  openings: readonly KnownOpening[],
  look: Look,
): boolean {
  const up = openings.filter(({ goneAt }) => goneAt === null);
  const shown = new Set(look.openings.map(({ key }) => key));
  const belief = believeBoard({
    accountName: known.accountName,
    knownAs: known.company,
    shownAs: look.company,
    up: up.length,
    shown: shown.size,
    shared: openings.filter(({ key }) => shown.has(key)).length,
    strange: known.strange,
  });
  if (belief.as === 'strange') throw new StrangeList(adapter.manifest.id, belief.because);
  return belief.as === 'begun again';
}

/** Of a board that is seen as for the first time: what was up at the first sight of the wrong one, by its own dates. */
const seenBefore = (
  seen: readonly (Opening & { countries: string[] })[],
  firstSeenAt: Date,
): KnownOpening[] =>
  seen
    .filter(({ publishedAt }) => publishedAt === null || new Date(publishedAt) <= firstSeenAt)
    .map((opening) => ({ ...opening, firstSeenAt, isBaseline: true, missingSince: null, goneAt: null }));

const countriesOf = (opening: Opening): string[] => [
  ...new Set(opening.places.flatMap((place) => (place.country === null ? [] : [place.country]))),
];

async function writeOpenings(
  tx: Tx,
  boardId: string,
  fresh: readonly (Opening & { countries: string[] })[],
  isBaseline: boolean,
  now: Date,
): Promise<void> {
  if (fresh.length === 0) return;
  await tx.rows(
    sql.insertOpenings,
    boardId,
    fresh.map((opening) => opening.key),
    fresh.map((opening) => opening.title),
    fresh.map((opening) => opening.department),
    fresh.map((opening) => opening.countries.join(',')),
    fresh.map((opening) => opening.url),
    now,
    isBaseline,
  );
}

async function recordOutage(
  deps: PollBoardDeps,
  watch: { workspaceId: string; boardId: string },
  known: sql.BoardRow,
  { error, pauseMs }: { error: SourceError; pauseMs: number },
): Promise<void> {
  const now = deps.clock.now();
  if (error.fault === 'day_limit') {
    await deps.store.inWorkspace(watch.workspaceId, (tx) =>
      tx.rows(sql.boardsRest, known.source, nextDay(now)),
    );
    return;
  }
  const seconds = Math.min(known.intervalSeconds * 2 ** Math.min(known.failures, 8), MAX_BACKOFF_SECONDS);
  await deps.store.inWorkspace(watch.workspaceId, async (tx) => {
    const fault = `${error.fault}: ${error.detail}`.slice(0, 500);
    const dueAt = new Date(now.getTime() + Math.max(seconds * 1_000, pauseMs));
    await tx.rows(sql.boardFailed, watch.boardId, fault, dueAt, error instanceof StrangeList, now);
    await emitEvents(tx, now, [{ kind: 'source.changed', payload: { boardId: watch.boardId } }]);
  });
}
