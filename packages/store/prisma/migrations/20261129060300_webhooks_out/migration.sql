-- Programs of the workspace's own that are told of events, signed, in their order, at least once.

create table webhook_target (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  url text not null,
  events text[] not null,
  secret_sealed text not null,
  -- `given_up` after days without an answer, or when the other side says that it is gone.
  state text not null check (state in ('active', 'paused', 'given_up')),
  -- The last event that was delivered or is none of its kinds.
  position bigint not null,
  due_at timestamptz not null,
  failures integer not null default 0,
  last_fault text not null default '',
  last_delivered_at timestamptz,
  delivered bigint not null default 0,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, name)
);
create index on webhook_target (due_at) where state = 'active';
select protect('webhook_target');
select open_due_door('webhook_target', 'workspace_id, id, state, position, due_at');
