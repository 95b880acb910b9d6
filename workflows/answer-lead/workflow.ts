import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  executeChild,
  isCancellation,
  log,
  proxyActivities,
  proxyLocalActivities,
  uuid4,
} from '@temporalio/workflow';

import { ENRICH_CONTACT_TASK, enrichContactId } from '../enrich-contact/enrich-contact-id.ts';
import { enrichContact } from '../enrich-contact/workflow.ts';
import type { createAnswerLeadActivities, LeadRef } from './activities.ts';

type Activities = ReturnType<typeof createAnswerLeadActivities>;

/** Local: short transactions and one hand-over, so that the first touch does not wait for a round through the server. */
const { workLead, sendWelcome, recordEnriched, settleLead } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '30s',
  localRetryThreshold: '1m',
  retry: { initialInterval: '200ms', maximumInterval: '10s' },
});

const { sendWelcomePatiently } = proxyActivities<Pick<Activities, 'sendWelcomePatiently'>>({
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '24h',
  retry: { initialInterval: '2s', maximumInterval: '5m' },
});

/** From a stored form to an answered, routed and enriched lead. Carries ids only. */
export async function answerLead(lead: LeadRef): Promise<void> {
  const worked = await workLead(lead);
  if (worked === null) return;
  await Promise.all([
    worked.mayMail ? welcome(lead) : undefined,
    worked.mayEnrich ? enrichAndTell(lead, worked.personId) : undefined,
  ]);
  await settleLead(lead);
}

/** A mail server that is away for a day must not keep the lead open: its mail stays queued and is shown as that. */
async function welcome(lead: LeadRef): Promise<void> {
  const result = await sendWelcome(lead);
  if (result !== 'try_again') return;
  try {
    await sendWelcomePatiently(lead);
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.warn('the mail server took the welcome mail at no time', { leadId: lead.leadId });
  }
}

async function enrichAndTell(lead: LeadRef, personId: string): Promise<void> {
  const { complete, stopReason } = await enrich(lead, personId);
  await recordEnriched({ ...lead, complete, because: stopReason });
}

/** Enrichment that fails must not keep the lead from being settled; cancellation must. */
async function enrich(lead: LeadRef, personId: string): Promise<{ complete: boolean; stopReason: string }> {
  try {
    return await executeChild(enrichContact, {
      workflowId: enrichContactId(lead.workspaceId, personId),
      workflowTaskTimeout: ENRICH_CONTACT_TASK,
      args: [{ workspaceId: lead.workspaceId, personId, leadId: lead.leadId, runId: uuid4() }],
    });
  } catch (error) {
    if (isCancellation(error)) throw error;
    if (error instanceof WorkflowExecutionAlreadyStartedError)
      return { complete: false, stopReason: 'joined a run that was under way' };
    log.warn('enrichment failed', { leadId: lead.leadId });
    return { complete: false, stopReason: 'enrichment failed' };
  }
}
