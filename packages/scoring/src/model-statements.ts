import { statement } from '@penstock/store/statement';

import { holdAlone, holdInCommon } from './advisory-locks.ts';
import { boundOf, downTheBound } from './bound-slots.ts';
import type { Standing } from './model/priority.ts';
import { IN_FORCE, STANDING } from './standing-statements.ts';

/** Nobody scores while a version is switched, and nobody switches while somebody scores; readers wait for neither. */
export const shareScoring = holdInCommon('share_scoring', 'scoring');
export const holdScoring = holdAlone('hold_scoring', 'scoring');

export type CandidateRow = Standing & {
  id: string;
  name: string;
  fit: number;
  kinds: string[] | null;
  values: number[] | null;
  halfLives: number[] | null;
  at: Date[] | null;
};

/** Accounts of ranked open items, those of the highest bound first; requests that wait for a person stand above all ranks. */
export const rankedCandidates = statement<CandidateRow>(
  'ranked_candidates',
  `select a.id, a.name, s.fit, s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at, ${STANDING} from (
     ${downTheBound('q.workspace_id, q.account_id, q.id, q.band', 'not q.is_test and q.band = 1', 'limit $2')}
   ) q join account a on a.workspace_id = q.workspace_id and a.id = q.account_id
     join account_score s on s.workspace_id = q.workspace_id and s.account_id = q.account_id and s.intent_version_id = ${IN_FORCE}
     left join account_standing st on st.workspace_id = q.workspace_id and st.account_id = q.account_id`,
);

/**
 * Accounts of ranked open items that may stand in the top under another fit: $2 with the highest bounds, and $2 with the highest bounds
 * without the fit's share, which has the weight $3.
 */
export const candidatesOfFits = statement<{ id: string }>(
  'candidates_of_fits',
  `with item as (
     select q.account_id, ${boundOf('q')} as bound, ${boundOf('q')} - $3::float8 * s.fit as rest
     from queue_item q join account_score s on s.workspace_id = q.workspace_id and s.account_id = q.account_id and s.intent_version_id = ${IN_FORCE}
     where q.workspace_id = $1 and q.state = 'open' and not q.is_test and q.band = 1
   ) (select account_id as id from item order by bound desc, account_id limit $2)
     union (select account_id from item order by rest desc, account_id limit $2)`,
);

export type PastCaseRow = {
  at: Date;
  won: boolean;
  kinds: string[];
  strengths: number[];
  halfLives: number[];
  occurred: Date[];
  recorded: Date[];
};

/** Decided deals, newest first, with the signals of their accounts up to when each was opened. */
export const decidedDeals = statement<PastCaseRow>(
  'decided_deals_with_signals',
  `select d.created_at as at, d.stage_type = 'won' or d.stage_type = 'post_sale' as won,
     coalesce(known.kinds, '{}') as kinds, coalesce(known.strengths, '{}') as strengths, coalesce(known.half_lives, '{}') as "halfLives",
     coalesce(known.occurred, '{}') as occurred, coalesce(known.recorded, '{}') as recorded
   from (select * from deal where workspace_id = $1 and stage_type <> 'open' and not is_test and merged_into_id is null order by created_at desc limit $2) d
   left join lateral (
     select array_agg(s.kind) as kinds, array_agg(s.strength) as strengths, array_agg(s.half_life_days) as half_lives,
       array_agg(s.occurred_at) as occurred, array_agg(s.recorded_at) as recorded
     from signal s where s.workspace_id = d.workspace_id and s.account_id = d.account_id and s.recorded_at <= d.created_at and s.merged_into_id is null and not s.is_test
   ) known on true`,
);
