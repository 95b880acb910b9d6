export type OpenDeal = { id: string; personId: string | null; leadId: string | null };

/**
 * The open deal that a touch belongs to: that of the lead, else the only one with the person, else the only one of the account. Of several
 * none is guessed at: the touch stays on the account, and the rep says which.
 */
export function dealOfTouch(
  deals: readonly OpenDeal[],
  touch: { personId: string; leadId: string | null },
): string | null {
  const ofLead = touch.leadId === null ? undefined : deals.find(({ leadId }) => leadId === touch.leadId);
  if (ofLead) return ofLead.id;
  const theirs = deals.filter(({ personId }) => personId === touch.personId);
  const candidates = theirs.length > 0 ? theirs : deals;
  return candidates.length === 1 ? (candidates[0]?.id ?? null) : null;
}
