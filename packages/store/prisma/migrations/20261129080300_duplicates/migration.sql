-- Pairs of records that may be one person or company, and what people decided about them. A pair is kept with the lower id first.
create table duplicate_pair (
  workspace_id uuid not null references workspace,
  kind text not null check (kind in ('person', 'account')),
  low_id uuid not null,
  high_id uuid not null,
  reasons text[] not null,
  score double precision not null,
  state text not null check (state in ('open', 'different')),
  found_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  primary key (workspace_id, kind, low_id, high_id)
);
create index on duplicate_pair (workspace_id, kind, score desc, low_id, high_id) where state = 'open';
create index on duplicate_pair (workspace_id, high_id);
create index on duplicate_pair (workspace_id, low_id);
select protect('duplicate_pair');

-- Two records made one, with what undoing it needs: which rows went over, and what the fields held.
create table record_merge (
  workspace_id uuid not null references workspace,
  id uuid not null,
  kind text not null check (kind in ('person', 'account')),
  kept_id uuid not null,
  other_id uuid not null,
  reasons text[] not null,
  before jsonb not null,
  moved jsonb not null,
  merged_by text not null,
  merged_at timestamptz not null,
  undone_by text,
  undone_at timestamptz,
  primary key (workspace_id, id)
);
create index on record_merge (workspace_id, merged_at desc, id);
create index on record_merge (workspace_id, kept_id);
create index on record_merge (workspace_id, other_id);
select protect('record_merge');

-- Whoever is asked about one of several that were merged is led to all of them.
create index on person (workspace_id, merged_into_id) where merged_into_id is not null;
create index on account (workspace_id, merged_into_id) where merged_into_id is not null;
