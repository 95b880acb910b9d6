/** One worker of a run at a time: starting it again joins it. */
export function enrichListId(workspaceId: string, runId: string): string {
  return `enrich-list/${workspaceId}/${runId}`;
}
