import { ApplicationFailure } from '@temporalio/common';

export type LeadRef = { workspaceId: string; leadId: string };
export type WorkedLead = { personId: string; mayMail: boolean; mayEnrich: boolean } | null;
export type SendResult = 'accepted' | 'refused' | 'unknown' | 'none' | 'try_again';

export type AnswerLeadDeps = {
  workLead: (lead: LeadRef) => Promise<WorkedLead>;
  sendWelcome: (lead: LeadRef) => Promise<SendResult>;
  recordEnriched: (lead: LeadRef & { complete: boolean; because: string }) => Promise<void>;
  settleLead: (lead: LeadRef) => Promise<void>;
};

export function createAnswerLeadActivities(deps: AnswerLeadDeps) {
  return {
    /** Idempotent: a lead that was worked on already answers the same. */
    workLead: (lead: LeadRef): Promise<WorkedLead> => deps.workLead(lead),

    /** At most once; `try_again` means that the server certainly did not take it. */
    sendWelcome: (lead: LeadRef): Promise<SendResult> => deps.sendWelcome(lead),

    /** The same, for a mail server that is away for longer: fails until it was taken, so that the retry policy waits. */
    async sendWelcomePatiently(lead: LeadRef): Promise<SendResult> {
      const result = await deps.sendWelcome(lead);
      if (result === 'try_again')
        throw ApplicationFailure.retryable('mail server did not take it', 'MailNotAccepted');
      return result;
    },

    /** Into the lead's trace, as soon as it is known. */
    recordEnriched: (lead: LeadRef & { complete: boolean; because: string }): Promise<void> =>
      deps.recordEnriched(lead),

    settleLead: (lead: LeadRef): Promise<void> => deps.settleLead(lead),
  };
}
