-- Fits of a profile that is to be published are built beside those in force, batch by batch; score rows of a build carry its id.
create table icp_build (
  workspace_id uuid not null references workspace,
  id uuid not null,
  version_id uuid not null,
  -- The scores it is made from, and what was visible when they were last looked through.
  base_id uuid not null,
  snapshot text not null,
  state text not null check (state in ('building', 'published', 'cancelled')),
  accounts int not null,
  note text not null,
  requested_by text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  -- Null once the scores that no longer count are removed.
  due_at timestamptz,
  primary key (workspace_id, id)
);
create unique index icp_build_at_work on icp_build (workspace_id) where state = 'building';
create index icp_build_due on icp_build (due_at) where due_at is not null;
select protect('icp_build');
select open_due_door('icp_build', 'workspace_id, id, due_at');

-- Accounts above `after_id` up to `until_id`; the last batch has no end, for accounts that arrive meanwhile.
create table icp_build_batch (
  workspace_id uuid not null,
  build_id uuid not null,
  number int not null,
  after_id uuid not null,
  until_id uuid,
  accounts int not null,
  done_at timestamptz,
  primary key (workspace_id, build_id, number),
  foreign key (workspace_id, build_id) references icp_build
);
select protect('icp_build_batch');
