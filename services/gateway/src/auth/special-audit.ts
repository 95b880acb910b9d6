import { recordAudit, type AuditNote } from '@penstock/workspace/audit';

import type { GatewayDeps } from '../gateway-deps.ts';
import type { Identity } from './authenticate.ts';

/** Audit of the few changes that are not an operation, because the sign-in library makes them in its own schema. */
export async function recordSpecialAudit(
  context: { deps: Pick<GatewayDeps, 'store' | 'clock'>; requestId: string },
  identity: Identity,
  note: AuditNote,
): Promise<void> {
  const { actor } = identity;
  const now = context.deps.clock.now();
  await context.deps.store.inWorkspace(actor.workspaceId, (tx) =>
    recordAudit(tx, { actor, requestId: context.requestId, now }, note),
  );
}
