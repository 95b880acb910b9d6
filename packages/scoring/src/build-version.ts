import { DomainError } from '@penstock/kernel/domain-error';
import type { Store } from '@penstock/store/store';
import { one, type Tx } from '@penstock/store/tx';
import { publishedDocument } from '@penstock/workspace/documents';

import { halfLives, type IntentModel } from './model/intent.ts';
import { PRIORITY_TERMS } from './model/priority.ts';
import { holdScoring, reboundItems } from './model-statements.ts';
import { scoreDocuments } from './score-documents.ts';
import {
  buildScores,
  buildScoresFromSignals,
  countScores,
  dropOtherScores,
  whatIsVisible,
} from './version-statements.ts';

type Version = { versionId: string; intent: IntentModel };
export type Built = Version & {
  /** The version that was in force, and what was visible when its scores were read. */
  from: Version;
  snapshot: string;
};

/** Builds the scores of a version beside those in force; nobody waits for it, and nobody sees it. */
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
    if (version.versionId !== from.versionId) await build(tx, version, from, null, now);
    return { ...version, from, snapshot };
  });
}

/**
 * Under the lock that scorers share: what has changed since is built again, and all open items are ranked by the new version. The
 * caller publishes it in the same transaction.
 * @throws DomainError `conflict` if another version was published meanwhile
 */
export async function takeOver(tx: Tx, built: Built, now: Date): Promise<void> {
  await tx.rows(holdScoring);
  const { versionId, intent, from } = built;
  if ((await publishedDocument(tx, 'intent_model')).versionId !== from.versionId)
    throw new DomainError(
      'conflict',
      'Another version was published meanwhile. Compare again, then publish.',
    );
  if (versionId === from.versionId) return;
  await build(tx, built, from, built.snapshot, now);
  const { inForce, built: ready } = await one(tx, countScores, versionId);
  // Somebody else who published took them for leftovers.
  if (ready < inForce) await build(tx, built, from, null, now);
  const { kinds, priority } = intent;
  const currencies = Object.keys(priority.halfValueMinor);
  await tx.rows(
    reboundItems,
    PRIORITY_TERMS.map((term) => priority[term]),
    priority.freshnessHalfLifeDays,
    currencies,
    currencies.map((currency) => priority.halfValueMinor[currency] ?? 0),
    Object.keys(kinds),
    now,
    versionId,
  );
}

async function build(
  tx: Tx,
  { versionId, intent }: Version,
  from: Version,
  since: string | null,
  now: Date,
): Promise<void> {
  const names = Object.keys(intent.kinds);
  const of = (field: 'cap' | 'saturation') => names.map((name) => intent.kinds[name]?.[field] ?? 0);
  const weights = [names, of('cap'), of('saturation'), now, versionId, since] as const;
  const [own, other] = [halfLives(intent), halfLives(from.intent)];
  if (Object.keys(own).every((kind) => own[kind] === other[kind])) await tx.rows(buildScores, ...weights);
  else await tx.rows(buildScoresFromSignals, ...weights, Object.keys(own), Object.values(own));
}
