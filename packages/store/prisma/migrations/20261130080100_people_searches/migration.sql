-- Searches for people at many accounts at once: priced before, capped per account and in all, paused, resumed, cancelled.
create table people_search (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  provider text not null,
  -- Whom is looked for: names of personas, their titles and ranks, how many of each.
  personas jsonb not null,
  state text not null check (state in ('running', 'paused', 'finished', 'cancelled')),
  -- Why it stands still.
  reason text not null default '',
  -- The list that whoever is found makes.
  import_id uuid not null,
  -- What enriching them afterwards may cost; null for not at all. And the run that it became.
  enrich_micros bigint,
  run_id uuid,
  team_id uuid,
  campaign_id uuid,
  accounts int not null,
  created_by text not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  due_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, import_id) references people_import (workspace_id, id),
  foreign key (workspace_id, team_id) references team (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id),
  check (due_at is null or state = 'running')
);
create index on people_search (due_at) where due_at is not null;
select protect('people_search');
select open_due_door('people_search', 'workspace_id, id, due_at');

create table people_search_account (
  workspace_id uuid not null,
  search_id uuid not null,
  account_id uuid not null,
  state text not null check (state in ('open', 'asking', 'found', 'nobody', 'skipped', 'failed')),
  because text not null default '',
  found int not null default 0,
  created int not null default 0,
  known int not null default 0,
  charged_micros bigint not null default 0,
  asked_at timestamptz,
  primary key (workspace_id, search_id, account_id),
  foreign key (workspace_id, search_id) references people_search (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);
create index on people_search_account (workspace_id, account_id);
select protect('people_search_account');

-- What a list does for whoever enters: its campaign pays, and each member is followed up once.
alter table account_list add column campaign_id uuid;
alter table account_list add foreign key (workspace_id, campaign_id) references campaign (workspace_id, id);
alter table account_list_member add column followed_at timestamptz;
create index on account_list_member (workspace_id, list_id, account_id) where followed_at is null;
