-- Files and batches of people that were brought in, and who came with each: a list to enrich.
create table people_import (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  -- Header to field, as somebody chose it: the next file with the same headers is read the same way.
  mapping jsonb not null default '{}',
  created integer not null default 0 check (created >= 0),
  known integer not null default 0 check (known >= 0),
  duplicates integer not null default 0 check (duplicates >= 0),
  refused integer not null default 0 check (refused >= 0),
  created_by text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
select protect('people_import');

create table people_import_member (
  workspace_id uuid not null references workspace,
  import_id uuid not null,
  person_id uuid not null,
  primary key (workspace_id, import_id, person_id),
  foreign key (workspace_id, import_id) references people_import (workspace_id, id),
  foreign key (workspace_id, person_id) references person (workspace_id, id)
);
create index on people_import_member (workspace_id, person_id);
select protect('people_import_member');
