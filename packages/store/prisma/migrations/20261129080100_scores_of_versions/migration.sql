-- Scores under another version of the intent model are built beside those in force; the document's pointer says which count.
-- Nothing lists accounts by the bound alone, so its index goes.
alter table account_score drop constraint account_score_pkey;
alter table account_score add primary key (workspace_id, account_id, intent_version_id);
drop index account_score_by_bound;
