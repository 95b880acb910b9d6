import { sendWelcome } from '@penstock/engagement/send-welcome';
import { recordEnriched, settleLead } from '@penstock/engagement/settle-lead';
import { workLead } from '@penstock/engagement/work-lead';
import { createAnswerLeadActivities } from '@penstock/workflows/answer-lead/activities';

import type { WorkerDeps } from '../worker-deps.ts';

export function engagementActivities({ store, clock, outside }: WorkerDeps) {
  return createAnswerLeadActivities({
    workLead: (lead) => workLead(store, lead, clock.now()),
    sendWelcome: (lead) => sendWelcome({ store, clock, transport: outside.mailFor(lead.workspaceId) }, lead),
    recordEnriched: (lead) => recordEnriched(store, lead, clock.now()),
    settleLead: (lead) => settleLead(store, lead, clock.now()),
  });
}
