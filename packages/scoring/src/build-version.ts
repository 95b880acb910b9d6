import { DomainError } from '@penstock/kernel/domain-error';
import type { Store } from '@penstock/store/store';
import { maybeOne, one, type Tx } from '@penstock/store/tx';
import { publishedDocument } from '@penstock/workspace/documents';

import { stopForgetting } from './bound-statements.ts';
import { fillBounds, switchBounds } from './bound-switch.ts';
import { dropOthers } from './drop-others.ts';
import { accountsNotBuilt } from './icp-build-statements.ts';
import { maySum, stopTidying } from './mass-statements.ts';
import { halfLives, type IntentModel } from './model/intent.ts';
import { holdScoring } from './model-statements.ts';
import { scoreDocuments } from './score-documents.ts';
import { sumMasses, sumMassesOf, type Version } from './sum-masses.ts';
import {
  accountsChangedSince,
  keepBase,
  moveBase,
  onOneProcessor,
  wereDropped,
} from './version-statements.ts';

export type Built = Version & {
  /** The version that was in force. */
  from: Version;
  /** What was visible when masses were summed again; null if those in force stay. */
  snapshot: string | null;
};

/**
 * Sums the masses of a version with other half-lives beside those in force; nobody waits for it, and nobody sees it.
 * @throws DomainError `conflict` while another version is being summed
 */
export async function buildVersion(
  store: Store,
  workspaceId: string,
  wanted: (tx: Tx) => Promise<Version>,
  now: Date,
): Promise<Built> {
  return store.inWorkspace(workspaceId, async (guard) => {
    const { intent, intentVersionId } = await scoreDocuments(guard);
    const from = { versionId: intentVersionId, intent };
    const version = await wanted(guard);
    const weightsAlone = fadeAlike(version.intent, intent);
    if (weightsAlone) {
      await guard.rows(stopForgetting);
      await fillBounds(store, workspaceId, { key: null, intent: version.intent, now });
      return { ...version, from, snapshot: null };
    }
    if (!(await one(guard, maySum)).won)
      throw new DomainError(
        'conflict',
        'Another version is being published. Wait until it is, then compare again.',
      );
    await dropOthers(store, workspaceId);
    await guard.rows(stopTidying);
    const snapshot = await sumMasses(store, workspaceId, version, now);
    await guard.rows(stopForgetting);
    await fillBounds(store, workspaceId, { key: version.versionId, intent: version.intent, now });
    return { ...version, from, snapshot };
  });
}

/**
 * Under the lock that scorers share: what has changed since is summed again, and whatever is ordered by the model gets its new bound.
 * The caller publishes the version in the same transaction.
 * @throws DomainError `conflict` if another version was published meanwhile
 */
export async function takeOver(tx: Tx, built: Built, now: Date): Promise<void> {
  await Promise.all([tx.rows(onOneProcessor), tx.rows(holdScoring)]);
  const { intent, from, snapshot } = built;
  if ((await publishedDocument(tx, 'intent_model')).versionId !== from.versionId)
    throw new DomainError(
      'conflict',
      'Another version was published meanwhile. Compare again, then publish.',
    );
  await tx.rows(keepBase);
  if (snapshot !== null) await finish(tx, built, snapshot, now);
  await switchBounds(tx, { key: snapshot === null ? null : built.versionId, intent, now });
}

async function finish(tx: Tx, built: Built, snapshot: string, now: Date): Promise<void> {
  const sum = async (accounts: readonly { accountId: string }[]) =>
    sumMassesOf(
      tx,
      built,
      accounts.map(({ accountId }) => accountId),
      now,
    );
  await sum(await tx.rows(accountsChangedSince, snapshot));
  const lowest = await maybeOne(tx, wereDropped, built.versionId);
  // Somebody else who published took them for leftovers.
  if (lowest?.dropped) await sum(await tx.rows(accountsNotBuilt, built.versionId));
  await tx.rows(moveBase, built.versionId);
}

function fadeAlike(one: IntentModel, other: IntentModel): boolean {
  const [own, others] = [halfLives(one), halfLives(other)];
  return Object.keys(own).every((kind) => own[kind] === others[kind]);
}
