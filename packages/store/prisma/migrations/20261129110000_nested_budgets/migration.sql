-- Budgets nest: workspace month, team and month, campaign or list, run, record. A call needs room in all that apply to it.

-- What several runs are for together: named by RevOps, or a list of people that was brought in.
create table campaign (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  -- Runs over this list belong to it without being told.
  import_id uuid,
  created_by text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, name),
  unique (workspace_id, import_id),
  foreign key (workspace_id, import_id) references people_import (workspace_id, id)
);
select protect('campaign');

-- Whose money a run spends; told when it begins and kept, whoever changes teams later.
alter table list_run add column team_id uuid, add column campaign_id uuid;
alter table list_run add foreign key (workspace_id, team_id) references team (workspace_id, id);
alter table list_run add foreign key (workspace_id, campaign_id) references campaign (workspace_id, id);
create index on list_run (workspace_id, campaign_id) where campaign_id is not null;

-- Period of a month is `2026-11`, of a team `<team>/2026-11`; of the others the id of what it is for.
alter table budget drop constraint budget_scope_check;
alter table budget add constraint budget_scope_check check (scope in ('month', 'team', 'campaign', 'run', 'record'));
