import { DEFAULT_TITLE_RULES } from '@penstock/accounts/model/default-title-rules';
import { rankOf, type Seniority } from '@penstock/accounts/model/buying-role';
import { readTitle } from '@penstock/accounts/model/title-rules';

import type { OpeningRank } from './opening-ranks.ts';

/** Who leads others or an account of work, in the words of openings that the title rules don't take for a rank. */
const LEADS =
  /\b(head|lead|leader|director|vp|v\.p\.|vice president|chief|svp|evp|cro|cmo|ceo|cfo|coo|manager of managers|principal|president)\b/i;

/** Whether the title of an opening says the rank that a rule asks for; ranks are read by the title rules that every workspace starts with. */
export function fitsRank(rank: OpeningRank, title: string): boolean {
  if (rank === 'any') return true;
  const { seniority } = readTitle(title, DEFAULT_TITLE_RULES);
  const atLeast = (least: Seniority) => rankOf(seniority) <= rankOf(least);
  switch (rank) {
    case 'executive':
      return atLeast('vice_president');
    case 'lead':
      return atLeast('director') || LEADS.test(title);
    case 'manager':
      return atLeast('manager') || LEADS.test(title);
    case 'individual':
      return !atLeast('manager') && !LEADS.test(title);
  }
}
