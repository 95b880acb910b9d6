/** Longer than most runs take, so that these need one task; who waits for a lead of a killed worker waits as long. */
export const ENRICH_CONTACT_TASK = '20s';

/** One run at a time per person: a second request joins the first. */
export function enrichContactId(workspaceId: string, personId: string): string {
  return `enrich-contact/${workspaceId}/${personId}`;
}
