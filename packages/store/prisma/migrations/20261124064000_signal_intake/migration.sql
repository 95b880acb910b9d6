-- What the intake of signals pays for each row.

-- Checking each row of evidence against the partitioned table of signals took two fifths of a batch. Evidence is written by the
-- statements that write its signal, in the same transaction.
alter table evidence drop constraint evidence_workspace_id_signal_id_fkey;

-- News that ends other news is rare: whether there is any for an account is asked without reading all of the account's signals.
create index signal_that_ends on signal (workspace_id, account_id) where kind in ('hiring_growth', 'hiring_freeze');
