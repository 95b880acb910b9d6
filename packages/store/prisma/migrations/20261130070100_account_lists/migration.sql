-- Lists of accounts that refill by themselves: a filter, who meets it now, and who entered and left, when and why.
create table account_list (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  about text not null default '',
  owner_id text,
  filter jsonb not null,
  -- What follows when somebody enters.
  follow_up jsonb not null default '{}',
  state text not null check (state in ('active', 'paused')),
  members int not null default 0,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- When all accounts are looked through again, how far that is, and when it was done last.
  due_at timestamptz,
  sweep_after uuid,
  sweep_began_at timestamptz,
  swept_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, name),
  foreign key (workspace_id, owner_id) references member (workspace_id, id),
  check (due_at is null or state = 'active')
);
create index on account_list (due_at) where due_at is not null;
select protect('account_list');
select open_due_door('account_list', 'workspace_id, id, due_at');

create table account_list_member (
  workspace_id uuid not null,
  list_id uuid not null,
  account_id uuid not null,
  entered_at timestamptz not null,
  because text not null,
  primary key (workspace_id, list_id, account_id),
  foreign key (workspace_id, list_id) references account_list (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);
create index on account_list_member (workspace_id, account_id);
create index on account_list_member (workspace_id, list_id, entered_at desc, account_id desc);
select protect('account_list_member');

create table account_list_change (
  workspace_id uuid not null,
  id uuid not null,
  list_id uuid not null,
  account_id uuid not null,
  kind text not null check (kind in ('entered', 'left')),
  because text not null,
  at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, list_id) references account_list (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);
create index on account_list_change (workspace_id, list_id, id desc);
create index on account_list_change (workspace_id, account_id);
select protect('account_list_change');

-- Up to which event accounts have been looked at again; a workspace without lists has none.
create table account_list_cursor (
  workspace_id uuid not null references workspace,
  position bigint not null,
  primary key (workspace_id)
);
select protect('account_list_cursor');
select open_due_door('account_list_cursor', 'workspace_id, position');

-- The list that alone brought an account into the queue; none once something else speaks for it.
alter table queue_item add column list_id uuid;
create index on queue_item (workspace_id, list_id) where list_id is not null;

-- Files of target accounts: which accounts are named in one, on which line, and how each was found.
create table target_file (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  known int not null default 0,
  proposed int not null default 0,
  ambiguous int not null default 0,
  repeated int not null default 0,
  refused int not null default 0,
  created_by text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
select protect('target_file');

create table target_file_member (
  workspace_id uuid not null,
  file_id uuid not null,
  account_id uuid not null,
  line int not null,
  because text not null,
  primary key (workspace_id, file_id, account_id),
  foreign key (workspace_id, file_id) references target_file (workspace_id, id) on delete cascade,
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);
create index on target_file_member (workspace_id, account_id);
select protect('target_file_member');
