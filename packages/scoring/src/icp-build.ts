import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import type { Store } from '@penstock/store/store';
import { maybeOne, one, type Tx } from '@penstock/store/tx';
import { publishDocument, publishedDocument } from '@penstock/workspace/documents';

import { stopForgetting } from './bound-statements.ts';
import { fillBounds, switchBounds } from './bound-switch.ts';
import { IcpBody } from './contracts.ts';
import { fitFacts, profilesFor } from './fit-facts.ts';
import * as sql from './icp-build-statements.ts';
import { fitParts, fitScore, fitUntil } from './model/fit.ts';
import type { Icp } from './model/icp.ts';
import { holdScoring } from './model-statements.ts';
import { massesOf } from './rescore.ts';
import { scoreDocuments } from './score-documents.ts';
import { readForScoring } from './score-statements.ts';
import {
  accountsChangedSince,
  countScores,
  keepBase,
  moveBase,
  onOneProcessor,
  whatIsVisible,
} from './version-statements.ts';

/** About as long as a page takes. */
const BATCH = 250;
/** With so few changes left, scorers wait for the last of them; after so many rounds they wait in any case. */
const FEW = 500;
const MOST_ROUNDS = 8;
/** So long a build is left to whoever asked for it. */
const OWN_MS = 10_000;
const DROPPED_AT_ONCE = 3_000;
export const LOWEST_ID = '00000000-0000-0000-0000-000000000000';

export type Wish = { versionId: string; note: string; requestedBy: string };

/**
 * Begins to build the fits of a version beside those in force; answers the build that is at work on it already, if there is one.
 * @returns null if the version can't be published (it is, or does not exist)
 * @throws DomainError `conflict` if another version is being built
 */
export async function startIcpBuild(
  store: Store,
  workspaceId: string,
  wish: Wish,
  now: Date,
  batch = BATCH,
): Promise<sql.IcpBuild | null> {
  return store.inWorkspace(workspaceId, async (tx) => {
    const version = await maybeOne(tx, sql.lockVersion, wish.versionId);
    if (!version || version.state === 'published') return null;
    const made = await maybeOne(
      tx,
      sql.insertIcpBuild,
      newId(now),
      wish.versionId,
      wish.note,
      wish.requestedBy,
      now,
      new Date(now.getTime() + OWN_MS),
    );
    if (!made) return buildAtWork(tx, wish.versionId);
    await tx.rows(sql.planBatches, made.id, batch);
    return one(tx, sql.readIcpBuild, made.id);
  });
}

async function buildAtWork(tx: Tx, versionId: string): Promise<sql.IcpBuild> {
  const [other] = await tx.rows(sql.readIcpBuildAtWork, new Date(0));
  if (other?.versionId === versionId) return other;
  throw new DomainError(
    'conflict',
    other
      ? `Version ${other.number} is being published. Wait for it, or cancel it first.`
      : 'Another version was published meanwhile. Load the versions again.',
  );
}

/** Judges one batch; false when there is none left that nobody works on. */
export async function workBatch(
  store: Store,
  workspaceId: string,
  build: sql.IcpBuild,
  now: Date,
): Promise<boolean> {
  return store.inWorkspace(workspaceId, async (tx) => {
    const batch = await maybeOne(tx, sql.takeBatch, build.id);
    if (!batch) return false;
    const accounts = await tx.rows(sql.accountsOfBatch, batch.afterId, batch.untilId);
    await judge(
      tx,
      build,
      accounts.map(({ accountId }) => accountId),
      now,
    );
    await tx.rows(sql.finishBatch, build.id, batch.number, now);
    return true;
  });
}

/** Fits of some accounts under the build's version, written beside the scores in force. */
async function judge(tx: Tx, build: sql.IcpBuild, accountIds: readonly string[], now: Date): Promise<void> {
  const icp = IcpBody.parse((await one(tx, sql.readVersionToBuild, build.versionId)).body);
  for (let from = 0; from < accountIds.length; from += BATCH)
    await judgeSome(tx, { build, icp }, accountIds.slice(from, from + BATCH), now);
}

async function judgeSome(
  tx: Tx,
  { build, icp }: { build: sql.IcpBuild; icp: Icp },
  accountIds: readonly string[],
  now: Date,
): Promise<void> {
  const profiles = await profilesFor(tx, icp, accountIds, now);
  const built = (await tx.rows(readForScoring, accountIds)).map((account) => {
    const facts = fitFacts(account, massesOf(account), profiles.get(account.accountId));
    const parts = fitParts(icp, facts, now);
    return {
      account_id: account.accountId,
      fit: fitScore(parts),
      fit_parts: parts,
      fit_until: fitUntil(icp, facts, now),
    };
  });
  await tx.rows(sql.writeBuiltFits, build.id, build.versionId, JSON.stringify(built));
}

/**
 * Once all batches are done: judges what has changed meanwhile, again and again until little is left. Nobody waits for it.
 * @returns whether the build may take over now; not while another worker is at this, nor after it had to begin anew
 */
export async function catchUp(
  store: Store,
  workspaceId: string,
  build: sql.IcpBuild,
  now: Date,
): Promise<boolean> {
  return store.inWorkspace(workspaceId, async (guard) => {
    if (!(await one(guard, sql.mayFinish, build.id)).won) return false;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const left = await catchUpOnce(store, workspaceId, build.id, now);
      if (left === null) return false;
      if (left <= FEW) break;
    }
    const { intent } = await scoreDocuments(guard);
    await guard.rows(stopForgetting);
    await fillBounds(store, workspaceId, { key: build.id, intent, now });
    return true;
  });
}

/** How many accounts had changed; null if the build is over, not so far, or has begun anew on other scores. */
async function catchUpOnce(
  store: Store,
  workspaceId: string,
  buildId: string,
  now: Date,
): Promise<number | null> {
  const seen = await store.inWorkspace(workspaceId, async (tx) => {
    const [build] = await Promise.all([one(tx, sql.readIcpBuild, buildId), tx.rows(onOneProcessor)]);
    if (build.state !== 'building') return null;
    const { snapshot } = await one(tx, whatIsVisible);
    if (!(await one(tx, sql.isBaseOf, buildId)).same) {
      await tx.rows(sql.beginIcpBuildAnew, buildId, snapshot);
      await tx.rows(sql.dropBatches, buildId);
      await tx.rows(sql.planBatches, buildId, BATCH);
      return null;
    }
    if ((await one(tx, sql.countOpenBatches, buildId)).open > 0) return null;
    return { build, snapshot, changed: await tx.rows(accountsChangedSince, build.snapshot) };
  });
  if (!seen) return null;
  const ids = seen.changed.map(({ accountId }) => accountId);
  for (let from = 0; from < ids.length; from += BATCH)
    await store.inWorkspace(workspaceId, (tx) => judge(tx, seen.build, ids.slice(from, from + BATCH), now));
  await store.inWorkspace(workspaceId, (tx) => tx.rows(sql.noteSnapshot, buildId, seen.snapshot));
  return ids.length;
}

/**
 * Under the lock that scorers share: the last changes are judged, the version is published and its fits count, all at once for readers.
 * @returns false if the build is over, or was made from scores that count no longer: it has to go on
 * @throws DomainError `conflict` if the version can't be published any more
 */
export async function takeOverFits(tx: Tx, buildId: string, now: Date): Promise<boolean> {
  await Promise.all([tx.rows(onOneProcessor), tx.rows(holdScoring)]);
  const build = await one(tx, sql.lockIcpBuild, buildId);
  if (build.state !== 'building' || !(await one(tx, sql.isBaseOf, buildId)).same) return false;
  if ((await one(tx, sql.countOpenBatches, buildId)).open > 0) return false;
  const changed = await tx.rows(accountsChangedSince, build.snapshot);
  await judge(
    tx,
    build,
    changed.map(({ accountId }) => accountId),
    now,
  );
  const { inForce, built } = await one(tx, countScores, buildId);
  if (built < inForce) {
    // Somebody has removed some of them: they are judged where they are missing.
    const missing = await tx.rows(sql.accountsNotBuilt, buildId);
    await judge(
      tx,
      build,
      missing.map(({ accountId }) => accountId),
      now,
    );
  }
  const { documentId } = await publishedDocument(tx, 'icp');
  await publishDocument(tx, { documentId, versionId: build.versionId, note: build.note, now });
  await tx.rows(keepBase);
  await tx.rows(moveBase, buildId);
  await switchBounds(tx, { key: buildId, intent: (await scoreDocuments(tx)).intent, now });
  await tx.rows(sql.endIcpBuild, buildId, 'published', now);
  return true;
}

/** Removes scores that count no longer of some accounts above one; answers up to which, or null when nothing is left of the build. */
export async function dropLeftovers(tx: Tx, build: sql.IcpBuild, after: string): Promise<string | null> {
  const { state } = await one(tx, sql.readIcpBuild, build.id);
  const key = state === 'published' ? build.baseId : build.id;
  const dropped = await tx.rows(sql.dropScoresOf, key, after, DROPPED_AT_ONCE);
  const last = dropped
    .map(({ accountId }) => accountId)
    .toSorted()
    .at(-1);
  if (last !== undefined && dropped.length === DROPPED_AT_ONCE) return last;
  await tx.rows(sql.dropBatches, build.id);
  await tx.rows(sql.settleIcpBuild, build.id);
  return null;
}
