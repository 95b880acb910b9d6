-- Vendors are asked whether champions still work where they did: in tiers, each with a cadence and a monthly budget.

create table champion_tier (
  workspace_id uuid not null references workspace,
  tier text not null check (tier in ('key', 'standard', 'light')),
  every_days integer not null check (every_days between 1 and 365),
  -- What all checks of the tier may cost in a month.
  budget_micros bigint not null check (budget_micros >= 0),
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (workspace_id, tier)
);
select protect('champion_tier');

create table champion_check (
  workspace_id uuid not null references workspace,
  person_id uuid not null,
  provider text not null,
  state text not null default 'waiting' check (state in ('waiting', 'same', 'elsewhere', 'unclear', 'nothing', 'unchanged', 'gone', 'held', 'failed', 'unknown')),
  -- Why it is held, failed or says nothing.
  because text not null default '',
  -- By which the vendor tells for free whether anything has changed.
  mark text,
  asked_at timestamptz,
  -- Of the last question, and of all of them.
  cost_micros bigint not null default 0,
  spent_micros bigint not null default 0,
  asked integer not null default 0,
  failures integer not null default 0,
  -- Null for whom the vendor is not asked again.
  due_at timestamptz,
  primary key (workspace_id, person_id, provider),
  foreign key (workspace_id, person_id) references champion (workspace_id, person_id) on update cascade on delete cascade
);
create index on champion_check (workspace_id, due_at) where due_at is not null;
select protect('champion_check');

-- What a program asks by itself has a budget of its own a month: `champions/key/2026-11`.
alter table budget drop constraint budget_scope_check;
alter table budget add constraint budget_scope_check check (scope in ('month', 'team', 'campaign', 'run', 'checks', 'record'));
