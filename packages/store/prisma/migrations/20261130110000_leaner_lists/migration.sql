-- What a call of a list writes: every index that nothing needs, and every row that does not find room on its page, costs each call again.

-- A value is of a person or of an account. An index over both was walked whole for one person: in a month that has just begun there are no
-- statistics, and "of this workspace" looks as narrow as "of this person".
drop index observation_workspace_id_account_id_field_idx;
drop index observation_workspace_id_person_id_field_idx;
create index on observation (workspace_id, account_id, field) where account_id is not null;
create index on observation (workspace_id, person_id, field) where person_id is not null;

-- Calls of a run are found by its people; those held back have an index of their own.
drop index spend_ledger_workspace_id_run_id_idx;
-- A lock is given back by its key, which the call's own key begins with.
drop index spend_call_key_workspace_id_ledger_id_idx;

-- Changed again and again, never in what an index is over: the new version finds room beside the old one.
alter table budget set (fillfactor = 40);
-- Grows by its trace when it ends.
alter table list_run_record set (fillfactor = 20);

-- Every row asked the same row of workspace whether it is there, and locked it for that. Row-level security lets nobody write rows of a
-- workspace that is not their own, rows of a list are made from the run and the people that they name, and none of these is ever deleted.
alter table spend_ledger drop constraint spend_ledger_workspace_id_fkey;
alter table spend_call_key drop constraint spend_call_key_workspace_id_fkey;
alter table observation drop constraint observation_workspace_id_fkey;
alter table visible_value drop constraint visible_value_workspace_id_fkey;
alter table budget drop constraint budget_workspace_id_fkey;
alter table outbox_event drop constraint outbox_event_workspace_id_fkey;
alter table list_run_record drop constraint list_run_record_workspace_id_fkey,
  drop constraint list_run_record_workspace_id_run_id_fkey,
  drop constraint list_run_record_workspace_id_person_id_fkey;
