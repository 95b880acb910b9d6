-- The newest signal of a kind is found without reading the others, however many an account has.
create index signal_newest_of_kind on signal (workspace_id, account_id, kind, occurred_at desc, id desc) where merged_into_id is null;
