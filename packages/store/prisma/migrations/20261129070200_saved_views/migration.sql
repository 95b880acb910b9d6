-- Views of a page that somebody has given a name: what stands in its address. Shared ones are everybody's to open.
create table saved_view (
  workspace_id uuid not null references workspace,
  id uuid not null,
  member_id text not null,
  page text not null check (page in ('queue', 'leads', 'signals', 'accounts', 'pipeline')),
  name text not null check (name <> ''),
  search jsonb not null,
  shared boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);
create unique index one_view_of_a_name on saved_view (workspace_id, member_id, page, lower(name));
create index on saved_view (workspace_id, page);
select protect('saved_view');
