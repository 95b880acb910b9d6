-- News of companies that is paid for, a question at a time: off until somebody switches a source on.

create table paid_source (
  workspace_id uuid not null references workspace,
  -- `theirstack/jobs`
  source text not null,
  active boolean not null,
  every_days integer not null check (every_days between 1 and 365),
  -- What all questions of the source may cost in a month.
  budget_micros bigint not null check (budget_micros >= 0),
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (workspace_id, source)
);
select protect('paid_source');

create table company_watch (
  workspace_id uuid not null references workspace,
  account_id uuid not null,
  source text not null,
  -- Only what is newer is asked for: what was there when the watching began is no news.
  since timestamptz not null,
  -- Of a question whose answer fills more pages: which one comes next, and when the first was asked.
  page integer not null default 0,
  began_at timestamptz,
  state text not null default 'waiting' check (state in ('waiting', 'asked', 'held', 'failed', 'unknown')),
  because text not null default '',
  asked_at timestamptz,
  spent_micros bigint not null default 0,
  asked integer not null default 0,
  signals integer not null default 0,
  failures integer not null default 0,
  due_at timestamptz not null,
  primary key (workspace_id, account_id, source),
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);
create index on company_watch (workspace_id, source, due_at);
select protect('company_watch');
