import { DomainError } from '@penstock/kernel/domain-error';
import type { Store } from '@penstock/store/store';
import { one, type Tx } from '@penstock/store/tx';
import { publishedDocument } from '@penstock/workspace/documents';

import { halfLives, type IntentModel } from './model/intent.ts';
import { holdScoring } from './model-statements.ts';
import { reboundQueue } from './rebound-queue.ts';
import { scoreDocuments } from './score-documents.ts';
import {
  buildScoresFromSignals,
  countScores,
  dropOtherScores,
  keepBase,
  moveBase,
  reboundScores,
  whatIsVisible,
} from './version-statements.ts';

type Version = { versionId: string; intent: IntentModel };
export type Built = Version & {
  /** The version that was in force. */
  from: Version;
  /** What was visible when masses were summed again; null if those in force stay. */
  snapshot: string | null;
};

/** Sums the masses of a version with other half-lives beside those in force; nobody waits for it, and nobody sees it. */
export async function buildVersion(
  store: Store,
  workspaceId: string,
  wanted: (tx: Tx) => Promise<Version>,
  now: Date,
): Promise<Built> {
  await store.inWorkspace(workspaceId, async (tx) => void (await tx.rows(dropOtherScores)));
  return store.inWorkspace(workspaceId, async (tx) => {
    const { snapshot } = await one(tx, whatIsVisible);
    const { intent, intentVersionId } = await scoreDocuments(tx);
    const from = { versionId: intentVersionId, intent };
    const version = await wanted(tx);
    if (fadeAlike(version.intent, intent)) return { ...version, from, snapshot: null };
    await build(tx, version, null, now);
    return { ...version, from, snapshot };
  });
}

/**
 * Under the lock that scorers share: what has changed since is summed again, and whatever is ordered by the model gets its new bound.
 * The caller publishes the version in the same transaction.
 * @throws DomainError `conflict` if another version was published meanwhile
 */
export async function takeOver(tx: Tx, built: Built, now: Date): Promise<void> {
  await tx.rows(holdScoring);
  const { versionId, intent, from, snapshot } = built;
  if ((await publishedDocument(tx, 'intent_model')).versionId !== from.versionId)
    throw new DomainError(
      'conflict',
      'Another version was published meanwhile. Compare again, then publish.',
    );
  await tx.rows(keepBase);
  if (snapshot === null) await tx.rows(reboundScores, ...weightsOf(intent, now));
  else {
    await build(tx, built, snapshot, now);
    const { inForce, built: ready } = await one(tx, countScores, versionId);
    // Somebody else who published took them for leftovers.
    if (ready < inForce) await build(tx, built, null, now);
    await tx.rows(moveBase, versionId);
  }
  await reboundQueue(tx, intent, now);
}

/** @param since null: all accounts; else those whose scores were written by a transaction that this snapshot did not see */
async function build(tx: Tx, { versionId, intent }: Version, since: string | null, now: Date): Promise<void> {
  const own = halfLives(intent);
  await tx.rows(
    buildScoresFromSignals,
    ...weightsOf(intent, now),
    versionId,
    since,
    Object.keys(own),
    Object.values(own),
  );
}

function weightsOf({ kinds }: IntentModel, now: Date) {
  const names = Object.keys(kinds);
  const of = (field: 'cap' | 'saturation') => names.map((name) => kinds[name]?.[field] ?? 0);
  return [names, of('cap'), of('saturation'), now] as const;
}

function fadeAlike(one: IntentModel, other: IntentModel): boolean {
  const [own, others] = [halfLives(one), halfLives(other)];
  return Object.keys(own).every((kind) => own[kind] === others[kind]);
}
