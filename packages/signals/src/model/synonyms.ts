import type { Synonyms } from '@penstock/kernel/phrases';

/** What new workspaces start with; RevOps changes them with the rules. */
export const DEFAULT_SYNONYMS: Synonyms = [
  ['sales operations', 'sales ops', 'salesops'],
  ['revenue operations', 'revenue ops', 'revops', 'rev ops'],
  ['go to market', 'gtm'],
  ['account executive', 'ae'],
  ['sales development representative', 'sdr', 'sales development rep'],
  ['business development representative', 'bdr', 'business development rep'],
  ['chief revenue officer', 'cro'],
  ['vice president', 'vp', 'v.p.'],
  ['customer relationship management', 'crm'],
];
