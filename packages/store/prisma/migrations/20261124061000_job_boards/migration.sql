-- Job boards of accounts: snapshots that are compared with what was seen before.

create table job_board (
  workspace_id uuid not null references workspace,
  id uuid not null,
  account_id uuid not null,
  source text not null,
  -- The company's name in the board's addresses.
  board text not null,
  -- What the board called the company at first sight: another name later is another company.
  company text,
  shard integer not null default 0,
  due_at timestamptz not null,
  interval_seconds integer not null check (interval_seconds > 0),
  active boolean not null default true,
  -- null until the first whole sight: what was there then is the baseline, not news.
  baseline_at timestamptz,
  health text not null default 'new' check (health in ('new', 'healthy', 'failing')),
  last_success_at timestamptz,
  last_fault text not null default '',
  failures integer not null default 0,
  looks integer not null default 0,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, source, board),
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);
create index on job_board (shard, due_at) where active;
create index on job_board (workspace_id, account_id);
select protect('job_board');
select open_due_door('job_board', 'workspace_id, id, source, shard, due_at, active');

create table job_opening (
  workspace_id uuid not null references workspace,
  board_id uuid not null,
  key text not null,
  title text not null,
  department text,
  countries text[] not null,
  url text not null,
  first_seen_at timestamptz not null,
  -- Part of the baseline: it was there before we looked.
  is_baseline boolean not null,
  -- Since the first whole look that did not show it; gone once a second one does not either.
  missing_since timestamptz,
  gone_at timestamptz,
  primary key (workspace_id, board_id, key),
  foreign key (workspace_id, board_id) references job_board (workspace_id, id)
);
create index on job_opening (workspace_id, first_seen_at desc);
select protect('job_opening');

alter table document drop constraint document_kind_check;
alter table document add constraint document_kind_check
  check (kind in ('waterfall', 'icp', 'intent_model', 'routing', 'pipeline', 'mail_template', 'watch_rules'));
