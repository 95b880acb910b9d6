-- On what a workspace rests its keeping data about people: why, on which basis, and in which countries a provider is not asked without one.
create table lawful_use (
  workspace_id uuid not null references workspace,
  purpose text not null,
  -- Of all providers that have none of their own; empty for none.
  basis text not null check (basis in ('', 'legitimate_interest', 'consent', 'contract')),
  -- ISO 3166, two letters each.
  needed_in text[] not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (workspace_id)
);
select protect('lawful_use');

-- Of this provider alone, and where it is written down (an assessment, a contract); empty: as for all.
alter table provider_terms add column lawful_basis text not null default '' check (lawful_basis in ('', 'legitimate_interest', 'consent', 'contract'));
alter table provider_terms add column basis_note text not null default '';
