-- The names of an item's account, each after a line's end: a search walks the queue in its order and looks nowhere else.
alter table queue_item add column names text not null default '';

-- Rows are hidden from whoever owns the tables as well: what is filled in for those that exist has to be let through for a moment.
alter table queue_item no force row level security;
alter table account_name_key no force row level security;
update queue_item q set names = coalesce(
  (select string_agg(e'\n' || k.key, '' order by k.key) from account_name_key k
   where k.workspace_id = q.workspace_id and k.account_id = q.account_id and left(k.key, 1) <> '~'), '');
alter table queue_item force row level security;
alter table account_name_key force row level security;

-- The same for keys of one provider that an earlier step left without an order: the newest is asked first.
alter table provider_credential no force row level security;
update provider_credential c set position = r.place
  from (select workspace_id, id, row_number() over (partition by workspace_id, provider order by created_at desc, id desc) - 1 as place,
          max(position) over (partition by workspace_id, provider) as last from provider_credential) r
  where c.workspace_id = r.workspace_id and c.id = r.id and r.last = 0 and r.place > 0;
alter table provider_credential force row level security;
