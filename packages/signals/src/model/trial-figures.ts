/** How much rules tell of what was seen: hits, of how many accounts, and what the published rules would not have told. */
export type TrialFigures = { hits: number; accounts: number; gained: number };

export const figuresOf = (
  hits: readonly { accountId: string | null; isGained: boolean }[],
): TrialFigures => ({
  hits: hits.length,
  accounts: new Set(hits.map(({ accountId }) => accountId)).size,
  gained: hits.filter(({ isGained }) => isGained).length,
});
