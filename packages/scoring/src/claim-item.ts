import { DomainError } from '@penstock/kernel/domain-error';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';

import { mayClaim, seesItem } from './model/claim.ts';
import type { IntentModel } from './model/intent.ts';
import { ALL_CONTRIBUTIONS, noSuchItem } from './operations/get-queue-item.ts';
import { viewItem, type QueueItemView } from './queue-item-view.ts';
import { readQueueItems, type QueueRow } from './queue-statements.ts';
import { scoreDocuments } from './score-documents.ts';

/** A claim that is not renewed by work ends after this. */
export const CLAIM_LEASE_MS = 30 * 60_000;

/** In the order of their ids: crowds who want the same items wait for each other, never in a circle. */
const lockItems = statement<{ id: string }>(
  'lock_queue_items_to_claim',
  'select id from queue_item where workspace_id = $1 and id = any($2::uuid[]) order by id for no key update',
);
const claimItems = statement(
  'claim_queue_items',
  `update queue_item q set claimed_by = t.member_id, claim_expires_at = $4::timestamptz, updated_at = $5::timestamptz
   from unnest($2::uuid[], $3::text[]) as t (id, member_id) where q.workspace_id = $1 and q.id = t.id`,
);

/**
 * Takes items, each for whoever asks for it (or renews their lease), in the order in which they ask. Two people pressing at once: one gets
 * it, the other is told who.
 * @returns for each the item, or why not: `not_found`, `forbidden` for a program, `conflict` with `claimedBy` and `claimedByName`
 */
export async function claimAll(
  tx: Tx,
  asked: readonly { actor: Actor; id: string }[],
  now: Date,
): Promise<{ actor: Actor; item: QueueItemView | DomainError }[]> {
  const ids = [...new Set(asked.map(({ id }) => id))];
  // Read once they are locked: whoever was faster has committed by then.
  const [, rows, { intent }] = await Promise.all([
    tx.rows(lockItems, ids),
    tx.rows(readQueueItems, ids),
    scoreDocuments(tx),
  ]);
  const items = new Map(rows.map((row) => [row.id, row]));
  const taken = new Map<string, string>();
  const claimExpiresAt = new Date(now.getTime() + CLAIM_LEASE_MS);
  const answers = asked.map(({ actor, id }) => {
    const row = items.get(id);
    const refusal = refusalOf(intent, row, actor, now);
    if (!row || refusal) return { actor, item: refusal ?? noSuchItem() };
    const claimed = { ...row, claimedBy: actor.id, claimedByName: actor.name, claimExpiresAt };
    items.set(id, claimed);
    taken.set(id, actor.id);
    return { actor, item: viewItem(intent, claimed, now, { maxContributions: ALL_CONTRIBUTIONS }) };
  });
  if (taken.size > 0) tx.byCommit(claimItems, [...taken.keys()], [...taken.values()], claimExpiresAt, now);
  return answers;
}

function refusalOf(
  intent: IntentModel,
  row: QueueRow | undefined,
  actor: Actor,
  now: Date,
): DomainError | null {
  if (!row || !seesItem(actor, row)) return noSuchItem();
  if (actor.kind !== 'member') return new DomainError('forbidden', 'Only a person can claim an item.');
  if (mayClaim(actor, row, now)) return null;
  const holder = viewItem(intent, row, now).claim;
  return new DomainError(
    'conflict',
    holder ? `${holder.name} was faster and is working on it.` : 'This item is not open any more.',
    { details: holder ? { claimedBy: holder.memberId, claimedByName: holder.name } : {} },
  );
}
