-- A list of people enriched in one run: chunks of a few hundred records are worked level by level, each chunk by one activity.

create table list_run (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  waterfall_version_id uuid not null,
  state text not null check (state in ('running', 'paused', 'cancelled', 'finished')),
  -- Why it stands still, and what to do about it; empty while it runs.
  state_reason text not null default '',
  records integer not null check (records > 0),
  chunks integer not null check (chunks > 0),
  -- Most that one usable contact may cost once `guard_after_records` are done; null for no guard.
  guard_cost_per_usable_micros bigint check (guard_cost_per_usable_micros > 0),
  guard_after_records integer not null default 200 check (guard_after_records > 0),
  created_by text not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, waterfall_version_id) references document_version (workspace_id, id)
);
create index on list_run (workspace_id, created_at desc);
create index on list_run (state) where state = 'running';
select protect('list_run');

-- One row per chunk, written by whoever works on it: the run's figures are their sum.
create table list_run_chunk (
  workspace_id uuid not null references workspace,
  run_id uuid not null,
  chunk integer not null,
  state text not null default 'open' check (state in ('open', 'done')),
  records integer not null,
  done integer not null default 0,
  found integer not null default 0,
  verified integer not null default 0,
  usable integer not null default 0,
  calls integer not null default 0,
  spent_micros bigint not null default 0,
  updated_at timestamptz not null,
  primary key (workspace_id, run_id, chunk),
  foreign key (workspace_id, run_id) references list_run (workspace_id, id)
);
select protect('list_run_chunk');

create table list_run_record (
  workspace_id uuid not null references workspace,
  run_id uuid not null,
  chunk integer not null,
  person_id uuid not null,
  state text not null default 'open' check (state in ('open', 'done')),
  found boolean not null default false,
  verified boolean not null default false,
  usable boolean not null default false,
  stop_reason text not null default '',
  -- What the planner decided, in order: asked (why), skipped (why). Answers and prices are in the ledger.
  trace jsonb not null default '[]',
  ended_at timestamptz,
  primary key (workspace_id, run_id, person_id),
  foreign key (workspace_id, run_id) references list_run (workspace_id, id),
  foreign key (workspace_id, person_id) references person (workspace_id, id)
);
create index on list_run_record (workspace_id, run_id, chunk);
create index on list_run_record (workspace_id, person_id);
select protect('list_run_record');

alter table budget drop constraint budget_scope_check;
alter table budget add constraint budget_scope_check check (scope in ('month', 'run', 'record'));

-- The sweep starts runs that stand still; it sees ids and states only.
grant select (workspace_id, id, chunks, state) on list_run to penstock_due;
create policy due_work on list_run for select to penstock_due using (true);
