/** An item as far as claiming it goes. */
export type Claimable = {
  state: 'open' | 'snoozed' | 'done';
  ownerId: string | null;
  claimedBy: string | null;
  claimExpiresAt: Date | null;
};
type Person = { id: string; visibleOwnerIds: readonly string[] | null };

/** Whether somebody sees an item: nobody's, that of a colleague whose work they see, and what such a colleague works on. */
export function seesItem({ visibleOwnerIds: seen }: Person, { ownerId, claimedBy }: Claimable): boolean {
  if (seen === null || ownerId === null || seen.includes(ownerId)) return true;
  return claimedBy !== null && seen.includes(claimedBy);
}

/** Whether an item that somebody sees is free for them, or theirs: a lease that ran out holds nobody off. */
export function mayClaim({ id, visibleOwnerIds: seen }: Person, item: Claimable, now: Date): boolean {
  if (item.state !== 'open') return false;
  if (item.claimedBy === id) return true;
  const isHeld = item.claimedBy !== null && (item.claimExpiresAt === null || item.claimExpiresAt > now);
  return !isHeld && (seen === null || item.ownerId === null || seen.includes(item.ownerId));
}
