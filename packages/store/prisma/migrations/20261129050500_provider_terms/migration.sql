-- What a workspace lets a provider be used for: about whom it may be asked, and how long its values are kept.
create table provider_terms (
  workspace_id uuid not null references workspace,
  provider text not null,
  -- ISO 3166, two letters each; people there are not asked about.
  barred_countries text[] not null default '{}',
  -- Whether people whose country nobody knows are asked about.
  asks_unknown_country boolean not null default true,
  -- Null for as long as the vendor itself allows.
  keep_days integer check (keep_days between 1 and 3650),
  updated_by text not null,
  updated_at timestamptz not null,
  primary key (workspace_id, provider)
);
select protect('provider_terms');
