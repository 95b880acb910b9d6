-- Workspaces that were there before notifications have no place to go on from: rows are hidden from the owner of the tables as well, so that
-- an earlier step filled in none. They begin with what happens from now on.
alter table workspace no force row level security;
alter table notification_cursor no force row level security;
alter table outbox_event no force row level security;
insert into notification_cursor (workspace_id, position)
  select w.workspace_id, coalesce((select max(e.position) from outbox_event e where e.position is not null), 0) from workspace w
  on conflict (workspace_id) do nothing;
alter table workspace force row level security;
alter table notification_cursor force row level security;
alter table outbox_event force row level security;
