-- An item may be put away until something new happens at its account, with or without a time.
alter table queue_item add column wakes_on_signal boolean not null default false;
-- Why it was passed on to its owner, and by whom.
alter table queue_item add column passed_by text;
alter table queue_item add column passed_reason text not null default '';
