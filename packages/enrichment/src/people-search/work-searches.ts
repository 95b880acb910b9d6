import { titleRules } from '@penstock/accounts/title-rules-document';
import type { Clock } from '@penstock/kernel/clock';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { emitEvents } from '@penstock/store/outbox';
import type { Store } from '@penstock/store/store';
import { maybeOne, one, type Tx } from '@penstock/store/tx';
import { publishedDocument } from '@penstock/workspace/documents';

import { choosePeople } from '../choose-people.ts';
import { inParallel } from '../list-run/call-in-parallel.ts';
import { makeListRun } from '../make-list-run.ts';
import { emptyBudget, SHARED_SCOPES } from '../model/budgets.ts';
import { sortFound } from '../model/found-people.ts';
import { MOST_RECORDS } from '../model/list-run.ts';
import { choosePersonas, mostPerAccount, positionsOf, type Persona } from '../model/personas.ts';
import { BudgetExhaustedError } from '../reserve-call.ts';
import { NotSearchedError, searchPeople, type SearchDeps, type Searched } from '../search-people.ts';
import { takeFoundRows } from '../take-found-rows.ts';
import { Personas } from './make-search.ts';
import * as sql from './search-statements.ts';

export type WorkSearchDeps = SearchDeps & { store: Store; clock: Clock };

const AT_ONCE = 4;
const BATCH = 20;
const SEARCHES = 20;
/** Longer than a vendor's time-out and the wait for a slot: whoever asked is gone. */
const ASKER_GONE_MS = 5 * 60_000;
const LATER_MS = 30_000;

type Running = sql.SearchRow & { wanted: Persona[] };
/** Why the whole search stands still, or when it goes on. */
type Hold = { pause: string; broke?: true } | { afterMs: number } | null;

/** Goes on with searches that are under way, some accounts of each; several workers may. */
export async function workPeopleSearches(deps: WorkSearchDeps): Promise<number | void> {
  let more = false;
  for (const { workspaceId, searchId } of await deps.store.dueWork.duePeopleSearches(
    deps.clock.now(),
    SEARCHES,
  ))
    more = (await workPeopleSearch(deps, workspaceId, searchId)) || more;
  return more ? 0 : undefined;
}

/** @returns true if there is more to do at once */
export async function workPeopleSearch(
  deps: WorkSearchDeps,
  workspaceId: string,
  searchId: string,
): Promise<boolean> {
  const now = deps.clock.now();
  const taken = await deps.store.inWorkspace(workspaceId, async (tx) => {
    const search = await maybeOne(tx, sql.lockSearch, searchId);
    if (search?.state !== 'running') return null;
    const gone = new Date(now.getTime() - ASKER_GONE_MS);
    const accounts = await tx.rows(sql.takeAccounts, searchId, gone, BATCH, now);
    if (accounts.length === 0) {
      await finish(tx, search, now);
      return null;
    }
    return { search: { ...search, wanted: Personas.parse(search.personas) }, accounts };
  });
  if (!taken) return false;
  const holds = await inParallel(taken.accounts, AT_ONCE, ({ accountId }) =>
    searchAccount(deps, workspaceId, taken.search, accountId),
  );
  const isBroke = (one: Hold) => one !== null && 'broke' in one;
  // Others may have held more than they cost in the end: only where nobody gets anything any more the money is used up.
  const told = holds.some((one) => one === null) ? holds.filter((one) => !isBroke(one)) : holds;
  const hold = told.find((one) => one !== null && 'pause' in one) ?? told.find((one) => one !== null);
  if (!hold) return true;
  await deps.store.inWorkspace(workspaceId, (tx) => standStill(tx, taken.search, hold, deps.clock.now()));
  return false;
}

async function standStill(tx: Tx, search: Running, hold: NonNullable<Hold>, now: Date): Promise<void> {
  if ('pause' in hold) await tx.rows(sql.moveSearch, search.id, 'paused', hold.pause, now, ['running']);
  else await tx.rows(sql.delaySearch, search.id, new Date(now.getTime() + hold.afterMs));
  await tell(tx, search.id, now);
}

const tell = (tx: Tx, searchId: string, now: Date) =>
  emitEvents(tx, now, [{ kind: 'people_search.changed', payload: { searchId } }]);

/** One account: asked, and whoever was found taken, in the transaction that says so. */
async function searchAccount(
  deps: WorkSearchDeps,
  workspaceId: string,
  search: Running,
  accountId: string,
): Promise<Hold> {
  const { provider, teamId, campaignId, wanted } = search;
  try {
    const searched = await searchPeople(
      deps,
      deps.store,
      workspaceId,
      { accountId, provider, titles: positionsOf(wanted), teamId, campaignId, searchId: search.id },
      deps.clock.now(),
    );
    await deps.store.inWorkspace(workspaceId, (tx) => keep(tx, search, searched, deps.clock.now()));
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return deps.store.inWorkspace(workspaceId, (tx) =>
      settleRefusal(tx, search, accountId, error, deps.clock.now()),
    );
  }
}

async function keep(tx: Tx, search: Running, searched: Searched, now: Date): Promise<void> {
  const { account, people, ledgerId, chargedMicros } = searched;
  const { chosen, over, unfitting } = choosePersonas(people, search.wanted, await titleRules(tx));
  const { rows, hidden } = sortFound(chosen, mostPerAccount(search.wanted));
  const { importId, provider } = search;
  const taken =
    rows.length === 0
      ? { created: 0, known: 0 }
      : await takeFoundRows(tx, { importId, account, rows, provider, ledgerId }, now);
  const left = [
    ...(over > 0 ? [`${over} more than wanted`] : []),
    ...(unfitting > 0 ? [`${unfitting} in other positions`] : []),
    ...(hidden > 0 ? [`${hidden} without a full name`] : []),
  ].join(', ');
  await tx.rows(
    sql.settleAccount,
    search.id,
    account.id,
    rows.length > 0 ? 'found' : 'nobody',
    left,
    people.length,
    taken.created,
    taken.known,
    chargedMicros,
  );
  await tell(tx, search.id, now);
}

/** Money that is missing, or a vendor that can't be asked now, holds the whole search; the account waits. Anything else is this account's own. */
async function settleRefusal(
  tx: Tx,
  search: Running,
  accountId: string,
  error: DomainError,
  now: Date,
): Promise<Hold> {
  const settle = (state: string, because: string, chargedMicros = 0) =>
    tx.rows(sql.settleAccount, search.id, accountId, state, because, 0, 0, 0, chargedMicros);
  if (error instanceof BudgetExhaustedError) {
    await settle('open', '');
    const shared = SHARED_SCOPES.find((scope) => scope === error.scope);
    if (shared === undefined) return { pause: error.message, broke: true };
    return {
      broke: true,
      pause:
        shared === 'run'
          ? 'What the search may cost is used up. Raise it to go on.'
          : emptyBudget(shared, shared === 'team' ? 'of whoever began it' : 'its campaign'),
    };
  }
  if (error instanceof NotSearchedError && error.why === 'stopped') {
    await settle('open', '');
    return { pause: 'Paid calls are stopped in this workspace. Allow them to go on.' };
  }
  if (error instanceof NotSearchedError && error.why === 'fault' && error.retryAfterMs !== null) {
    await settle('open', '');
    return { afterMs: Math.max(error.retryAfterMs, LATER_MS) };
  }
  if (error instanceof NotSearchedError && error.why !== 'fault') {
    await settle('skipped', error.message);
    return null;
  }
  await settle('failed', error.message, error instanceof NotSearchedError ? error.chargedMicros : 0);
  await tell(tx, search.id, now);
  return null;
}

/** Nobody is left to ask about: the search ends, and whoever was found is enriched if that was wished. */
async function finish(tx: Tx, search: sql.SearchRow, now: Date): Promise<void> {
  const { asking } = await one(tx, sql.countLeft, search.id);
  // Another worker is still at some of them.
  if (asking > 0) {
    await tx.rows(sql.delaySearch, search.id, new Date(now.getTime() + LATER_MS / 10));
    return;
  }
  await tx.rows(sql.moveSearch, search.id, 'finished', '', now, ['running']);
  await tell(tx, search.id, now);
  if (search.enrichMicros === null) return;
  const whom = { ids: null, importId: search.importId, field: '', limit: MOST_RECORDS };
  const people = await choosePeople(tx, whom);
  if (people.length === 0) return;
  const id = newId(now);
  const { versionId } = await publishedDocument(tx, 'waterfall');
  const { name, teamId, campaignId, enrichMicros, createdBy } = search;
  const run = { id, name, versionId, people, teamId, campaignId, budgetMicros: enrichMicros, guard: null };
  await makeListRun(tx, { ...run, createdBy }, now);
  await tx.rows(sql.noteRunOfSearch, search.id, id);
  await emitEvents(tx, now, [{ kind: 'list_run.changed', payload: { runId: id } }]);
}
