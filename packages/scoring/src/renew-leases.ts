import { emitEvents } from '@penstock/store/outbox';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';

import { CLAIM_LEASE_MS } from './claim-item.ts';

/** The leases of member $3 at an account, until $5. */
const renewClaims = statement<{ id: string; leadId: string | null }>(
  'renew_claims_of_account',
  `update queue_item set claim_expires_at = $5, updated_at = $4
   where workspace_id = $1 and account_id = $2 and state = 'open' and claimed_by = $3 and claim_expires_at > $4 and claim_expires_at < $5
   returning id, lead_id as "leadId"`,
);

/** Who works on an account keeps what they have claimed there: each call, note, task or mail of theirs renews the lease. */
export async function renewLeases(tx: Tx, actor: Actor, accountId: string, now: Date): Promise<void> {
  if (actor.kind !== 'member') return;
  const expiresAt = new Date(now.getTime() + CLAIM_LEASE_MS);
  const renewed = await tx.rows(renewClaims, accountId, actor.id, now, expiresAt);
  await emitEvents(
    tx,
    now,
    renewed.map(({ id, leadId }) => ({
      kind: 'queue.item.changed' as const,
      payload: { itemId: id, leadId },
    })),
  );
}
