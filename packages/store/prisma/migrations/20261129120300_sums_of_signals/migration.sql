-- Masses are summed from the index alone, however many signals an account has.
create index signal_sums_of_kind on signal (workspace_id, account_id, kind, occurred_at desc, id desc) include (strength, is_test, expired_by_id)
  where merged_into_id is null;
drop index signal_newest_of_kind;
