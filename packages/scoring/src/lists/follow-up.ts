import type { Catalogue } from '@penstock/enrichment/described-providers';
import { makeListRun } from '@penstock/enrichment/make-list-run';
import { accountsOf, askableOf, linesOf } from '@penstock/enrichment/people-search/askable-accounts';
import { makePeopleSearch } from '@penstock/enrichment/people-search/make-search';
import type { Clock } from '@penstock/kernel/clock';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { emitEvents } from '@penstock/store/outbox';
import type { Store } from '@penstock/store/store';
import { one, type Tx } from '@penstock/store/tx';
import { publishedDocument } from '@penstock/workspace/documents';

import * as sql from './follow-statements.ts';
import { FollowUp } from './list-contracts.ts';

type Deps = Catalogue & { store: Store; clock: Clock };

/** Members that are followed up together; those that enter meanwhile come with the next. */
const AT_ONCE = 500;
const MOST_PEOPLE = 20_000;

/** What lists do for whoever has entered: people searched for and enriched, within the budget of the list. Everywhere; several workers may. */
export async function followUpLists(deps: Deps): Promise<void> {
  for (const { workspaceId } of await deps.store.dueWork.workspaces()) {
    const { any } = await deps.store.reading(workspaceId, (tx) => one(tx, sql.anyListSpends));
    if (any) await deps.store.inWorkspace(workspaceId, (tx) => followUp(tx, deps, deps.clock.now()));
  }
}

async function followUp(tx: Tx, deps: Catalogue, now: Date): Promise<void> {
  for (const list of await tx.rows(sql.takeListsToFollow)) {
    const accountIds = (await tx.rows(sql.followMembers, list.id, AT_ONCE, now)).map(
      ({ accountId }) => accountId,
    );
    const wanted = FollowUp.parse(list.followUp);
    if (wanted.enrich) await enrichKnown(tx, list, accountIds, now);
    if (wanted.people) await searchNew(tx, deps, list, wanted, accountIds, now);
  }
}

/** Who is known at the accounts, and has no usable address. */
async function enrichKnown(
  tx: Tx,
  list: sql.ListToFollow,
  accountIds: readonly string[],
  now: Date,
): Promise<void> {
  const people = (await tx.rows(sql.peopleOfAccounts, accountIds, MOST_PEOPLE)).map(({ id }) => id);
  if (people.length === 0) return;
  const id = newId(now);
  const { versionId } = await publishedDocument(tx, 'waterfall');
  const { name, campaignId, createdBy } = list;
  // The campaign of the list holds its money.
  const paid = { teamId: null, campaignId, budgetMicros: null, guard: null };
  await makeListRun(tx, { id, name, versionId, people, ...paid, createdBy }, now);
  await emitEvents(tx, now, [{ kind: 'list_run.changed', payload: { runId: id } }]);
}

async function searchNew(
  tx: Tx,
  deps: Catalogue,
  list: sql.ListToFollow,
  { people, enrich, budgetMicros }: FollowUp,
  accountIds: readonly string[],
  now: Date,
): Promise<void> {
  const line = (await linesOf(tx, deps)).find(({ adapter }) => adapter.manifest.id === people?.provider);
  // Its key is gone: who enters is listed and worked all the same.
  if (!people || !line || accountIds.length === 0) return;
  const accounts = await acceptedOf(tx, accountIds);
  const { askable } = await askableOf(tx, line, accounts, people.personas, now);
  if (askable.length === 0) return;
  const { name, campaignId, createdBy } = list;
  const search = {
    name,
    provider: people.provider,
    personas: people.personas,
    accountIds: askable.map(({ id }) => id),
    limitMicros: null,
    enrichMicros: enrich ? budgetMicros : null,
    teamId: null,
    campaignId,
    createdBy,
  };
  const { id } = await makePeopleSearch(tx, search, now);
  await emitEvents(tx, now, [{ kind: 'people_search.changed', payload: { searchId: id } }]);
}

/** Nobody is searched for at accounts that are only proposed. */
async function acceptedOf(tx: Tx, ids: readonly string[]) {
  try {
    return await accountsOf(tx, { kind: 'ids', ids: [...ids] });
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid') return [];
    throw error;
  }
}
