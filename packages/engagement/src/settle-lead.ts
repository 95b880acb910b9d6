import { emitEvents } from '@penstock/store/outbox';
import type { Store } from '@penstock/store/store';

import { leadSettled } from './lead-statements.ts';
import { note } from './work-lead.ts';

/** Into the lead's trace: how its enrichment ended. */
export function recordEnriched(
  store: Store,
  lead: { workspaceId: string; leadId: string; complete: boolean; because: string },
  now: Date,
): Promise<void> {
  return store.inWorkspace(lead.workspaceId, async (tx) => {
    await note(tx, lead.leadId, 'enriched', { complete: lead.complete, because: lead.because }, now);
    await emitEvents(tx, now, [{ kind: 'lead.changed', payload: { leadId: lead.leadId } }]);
  });
}

/** The durable work of a lead is done; the sweep looks at it no more. */
export function settleLead(
  store: Store,
  lead: { workspaceId: string; leadId: string },
  now: Date,
): Promise<void> {
  return store.inWorkspace(lead.workspaceId, async (tx) => {
    await tx.rows(leadSettled, lead.leadId, now);
  });
}
