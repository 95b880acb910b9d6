import { statement } from '@penstock/store/statement';

export const insertConversation = statement<{ id: string }>(
  'insert_conversation',
  `insert into conversation (workspace_id, id, external_id, account_id, deal_id, person_id, title, url, occurred_at, recorded_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (workspace_id, external_id) do nothing returning id`,
);
export const findConversation = statement<{ id: string }>(
  'find_conversation',
  'select id from conversation where workspace_id = $1 and external_id = $2',
);
export const insertPoints = statement(
  'insert_conversation_points',
  `insert into conversation_point (workspace_id, id, conversation_id, kind, side, person_id, quote, tool, mood, due_at, signal_id)
   select $1::uuid, p.id, $2::uuid, p.kind, p.side, p.person_id, p.quote, p.tool, p.mood, p.due_at, p.signal_id
   from unnest($3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::float8[], $10::timestamptz[], $11::uuid[])
     as p (id, kind, side, person_id, quote, tool, mood, due_at, signal_id)`,
);
/** Its next step may be written over: there is none, or its day has passed. */
export const fillNextStep = statement<{ id: string }>(
  'fill_next_step_of_deal',
  `update deal set next_step = $3, next_step_due_at = $4::timestamptz, updated_at = $5::timestamptz
   where workspace_id = $1 and id = $2 and stage_type = 'open' and (next_step = '' or next_step_due_at < $5::timestamptz) returning id`,
);
export type PointRow = {
  id: string;
  kind: 'competitor' | 'sentiment' | 'commitment' | 'question';
  side: 'us' | 'them';
  who: string | null;
  quote: string;
  tool: string;
  mood: number | null;
  dueAt: Date | null;
  title: string;
  url: string;
  occurredAt: Date;
};
export const readPoints = statement<PointRow>(
  'read_conversation_points',
  `select p.id, p.kind, p.side, nullif(trim(w.given_name || ' ' || w.family_name), '') as who, p.quote, p.tool, p.mood, p.due_at as "dueAt",
     c.title, c.url, c.occurred_at as "occurredAt"
   from conversation c join conversation_point p on p.workspace_id = c.workspace_id and p.conversation_id = c.id
   left join person w on w.workspace_id = p.workspace_id and w.id = p.person_id and w.erased_at is null
   where c.workspace_id = $1 and c.deal_id = $2 order by c.occurred_at desc, p.id limit 60`,
);
