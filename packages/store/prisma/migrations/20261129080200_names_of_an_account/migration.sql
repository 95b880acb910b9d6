-- The queue asks of one account after the other whether a name of it begins with a word: answered by the index alone.
create index account_names on account_name_key (workspace_id, account_id, key);
drop index account_name_key_workspace_id_account_id_idx;
