/** One run at a time per person: a second request joins the first. */
export function enrichContactId(workspaceId: string, personId: string): string {
  return `enrich-contact/${workspaceId}/${personId}`;
}
