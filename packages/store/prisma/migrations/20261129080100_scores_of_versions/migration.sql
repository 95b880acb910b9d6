-- Masses follow from signals and half-lives alone. Under other half-lives they are summed beside those in force; this says which count.
-- A workspace without a row has never changed its half-lives: those of its published model count.
create table score_base (
  workspace_id uuid not null references workspace,
  version_id uuid not null,
  primary key (workspace_id)
);
select protect('score_base');

alter table account_score drop constraint account_score_pkey;
alter table account_score add primary key (workspace_id, account_id, intent_version_id);
-- Nothing lists accounts by the bound alone.
drop index account_score_by_bound;
-- A score is made from the row of its account, which is never deleted; checking that again took two fifths of a rebuild.
alter table account_score drop constraint account_score_workspace_id_fkey;
alter table account_score drop constraint account_score_workspace_id_account_id_fkey;
