/** What rank of an opening a rule asks for, and how it is called. */
export const OPENING_RANKS = ['any', 'individual', 'manager', 'lead', 'executive'] as const;
export type OpeningRank = (typeof OPENING_RANKS)[number];

export const OPENING_RANK_LABELS: Record<OpeningRank, string> = {
  any: 'Any',
  individual: 'Below managers',
  manager: 'Managers and above',
  lead: 'Heads, directors and above',
  executive: 'Vice presidents and chiefs',
};
