-- Each inbound request is an item of its own; beside them an account has at most one open item for its signals.
drop index one_open_item_per_account;
create unique index one_open_account_item on queue_item (workspace_id, account_id) where lead_id is null and state in ('open', 'snoozed');
create index queue_item_open_of_account on queue_item (workspace_id, account_id) where state in ('open', 'snoozed');
drop index queue_item_workspace_id_lead_id_idx;
create unique index one_item_per_lead on queue_item (workspace_id, lead_id) where lead_id is not null;
-- Tests stand apart from real work.
drop index queue_item_by_priority;
create index queue_item_by_priority on queue_item (workspace_id, is_test, band, priority_bound desc, id) where state = 'open';
