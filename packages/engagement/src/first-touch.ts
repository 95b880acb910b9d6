import { emitEvents } from '@penstock/store/outbox';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import { leadClaimed, leadsReleased } from './lead-statements.ts';
import { note } from './work-lead.ts';

/** The lead of a claimed item is being worked on; its trace says since when and by whom. */
export async function recordClaim(tx: Tx, leadId: string, memberId: string, now: Date): Promise<void> {
  await tx.rows(leadClaimed, leadId);
  await note(tx, leadId, 'claimed', { memberId }, now);
  await emitEvents(tx, now, [{ kind: 'lead.changed', payload: { leadId } }]);
}

/** The leads of items that were given back or whose lease ran out wait for somebody again. */
export async function recordRelease(tx: Tx, leadIds: readonly string[], now: Date): Promise<void> {
  for (const lead of await tx.rows(leadsReleased, leadIds)) {
    await note(tx, lead.id, 'released', {}, now);
    await emitEvents(tx, now, [{ kind: 'lead.changed', payload: { leadId: lead.id } }]);
  }
}

const openLeads = statement<{ id: string }>(
  'open_leads_of_subject',
  `select id from lead where workspace_id = $1 and (id = $2 or ($2::uuid is null and person_id = $3)) and state in ('routed', 'claimed', 'converted')`,
);

/**
 * First human touch: a logged call attempt, a mail that the rep wrote, or a live conversation; never a claim or an automatic mail.
 * Stops the human clock of the lead, once.
 */
export async function recordHumanTouch(
  tx: Tx,
  touch: { leadId: string | null; personId: string | null; kind: string; selfReported: boolean },
  now: Date,
): Promise<void> {
  for (const lead of await tx.rows(openLeads, touch.leadId, touch.personId)) {
    const first = await note(
      tx,
      lead.id,
      'first_human_touch',
      { kind: touch.kind, selfReported: touch.selfReported },
      now,
    );
    if (first) await emitEvents(tx, now, [{ kind: 'lead.changed', payload: { leadId: lead.id } }]);
  }
}

const convertLead = statement<{ id: string }>(
  'convert_lead',
  `update lead set state = 'converted' where workspace_id = $1 and id = $2 and state in ('routed', 'claimed') returning id`,
);
const completeItemOfLead = statement(
  'complete_item_of_lead',
  `update queue_item set state = 'done', outcome = 'worked', claimed_by = null, claim_expires_at = null, updated_at = $3
   where workspace_id = $1 and lead_id = $2 and state in ('open', 'snoozed')`,
);

/** The lead has become a deal: its queue item is done. */
export async function recordConversion(tx: Tx, leadId: string, dealId: string, now: Date): Promise<void> {
  await tx.rows(convertLead, leadId);
  await tx.rows(completeItemOfLead, leadId, now);
  await note(tx, leadId, 'converted', { dealId }, now);
  await emitEvents(tx, now, [
    { kind: 'lead.changed', payload: { leadId } },
    { kind: 'queue.item.changed', payload: { leadId } },
  ]);
}

const forgetTouch = statement<{ leadId: string }>(
  'forget_human_touch',
  `delete from lead_event e where e.workspace_id = $1 and e.lead_id = $2 and e.kind = 'first_human_touch'
     and not exists (select 1 from activity t join lead l on l.workspace_id = t.workspace_id and l.id = e.lead_id
       where t.workspace_id = e.workspace_id and (t.lead_id = e.lead_id or t.person_id = l.person_id)
         and t.kind in ('call', 'mail', 'meeting') and t.direction <> 'in')
   returning e.lead_id as "leadId"`,
);

/** The touch that stopped the clock was taken back: it runs on, unless another touch is known. */
export async function forgetHumanTouch(tx: Tx, leadId: string | null, now: Date): Promise<void> {
  if (leadId === null) return;
  for (const lead of await tx.rows(forgetTouch, leadId))
    await emitEvents(tx, now, [{ kind: 'lead.changed', payload: { leadId: lead.leadId } }]);
}
