import { statement } from '@penstock/store/statement';

import type { DayLimit, DayUse } from './model/source-day.ts';

export const readDayLimit = statement<DayLimit>(
  'read_source_limit',
  `select most_requests as "mostRequests", most_micros as "mostMicros" from source_limit where workspace_id = $1 and source = $2`,
);

export const addToDay = statement(
  'add_to_source_day',
  `insert into source_day (workspace_id, source, day, requests, cost_micros) values ($1, $2, $3::date, $4, $5)
   on conflict (workspace_id, source, day) do update set requests = source_day.requests + excluded.requests, cost_micros = source_day.cost_micros + excluded.cost_micros`,
);

/** What was asked on a day, its row kept for the transaction: nobody else takes what is left meanwhile. */
export const holdDay = statement<DayUse>(
  'hold_source_day',
  `insert into source_day (workspace_id, source, day, requests, cost_micros) values ($1, $2, $3::date, 0, 0)
   on conflict (workspace_id, source, day) do update set requests = source_day.requests
   returning requests, cost_micros as "costMicros"`,
);
