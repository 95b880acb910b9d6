/** One workflow per lead: starting it twice joins the first. */
export function answerLeadId(workspaceId: string, leadId: string): string {
  return `answer-lead/${workspaceId}/${leadId}`;
}
