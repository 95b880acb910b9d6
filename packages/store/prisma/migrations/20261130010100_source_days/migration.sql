-- What each source was asked on a day (UTC), and what it may be asked at most.

create table source_day (
  workspace_id uuid not null references workspace,
  source text not null,
  day date not null,
  -- Requests that left, and those that looks under way have taken in advance where the source has a limit.
  requests bigint not null,
  cost_micros bigint not null,
  primary key (workspace_id, source, day)
);
select protect('source_day');

create table source_limit (
  workspace_id uuid not null references workspace,
  source text not null,
  -- Null: as many as are needed.
  most_requests integer check (most_requests > 0),
  most_micros bigint check (most_micros > 0),
  changed_at timestamptz not null,
  primary key (workspace_id, source)
);
select protect('source_limit');
