import { statement } from '@penstock/store/statement';

import type { OpenDeal } from './model/deal-of-touch.ts';

/** The open deals of an account that $3 (owners seen; null: all) sees. */
export const readOpenDeals = statement<OpenDeal>(
  'read_open_deals_of_account',
  `select id, person_id as "personId", lead_id as "leadId" from deal
   where workspace_id = $1 and account_id = $2 and stage_type = 'open' and merged_into_id is null
     and ($3::text[] is null or owner_id = any($3::text[])) order by created_at, id limit 20`,
);
