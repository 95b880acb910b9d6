-- Vendors that a workspace describes itself: URL, headers, mapping, what counts as a hit, price.
create table described_provider (
  workspace_id uuid not null references workspace,
  id text not null,
  definition jsonb not null,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
select protect('described_provider');
